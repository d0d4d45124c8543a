import { Button } from '@cloudflare/kumo/components/button'
import { Input } from '@cloudflare/kumo/components/input'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'
import { api } from '../../api/api.ts'
import { Entrance } from '../../session/entrance.tsx'
import { minPasswordLength } from '../../session/min-password-length.ts'
import { useEnter } from '../../session/use-enter.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { signInError } from '../sign-in/sign-in-error.ts'

/** Makes the first user, whom the admin key vouches for. */
export function SetupPage(): ReactElement {
  const [fields, setFields] = useState({ admin_key: '', name: '', email: '', password: '' })
  const enter = useEnter()
  const setUp = useMutation({ mutationFn: async () => enter(await api('POST /setup', { body: fields })) })
  const field = (name: keyof typeof fields) => ({
    value: fields[name],
    onChange: (event: { target: { value: string } }) => setFields({ ...fields, [name]: event.target.value }),
    required: true,
  })
  return (
    <Entrance
      title="Welcome to gw"
      description="Nobody can sign in yet. Make the first user; more can be invited afterwards."
      onSubmit={setUp.mutate}
    >
      <Input
        label="Admin key"
        type="password"
        autoComplete="off"
        description="GW_ADMIN_KEY of the gateway; pnpm dev prints it."
        {...field('admin_key')}
      />
      <Input label="Your name" autoComplete="name" {...field('name')} />
      <Input label="E-mail" type="email" autoComplete="username" {...field('email')} />
      <Input
        label="Password"
        type="password"
        autoComplete="new-password"
        minLength={minPasswordLength}
        description={`At least ${minPasswordLength} characters.`}
        {...field('password')}
      />
      {setUp.error && <ErrorNote error={signInError(setUp.error)} />}
      <Button type="submit" variant="primary" size="lg" loading={setUp.isPending} className="w-full justify-center">
        Make the first user
      </Button>
    </Entrance>
  )
}
