import { Button } from '@cloudflare/kumo/components/button'
import { Input } from '@cloudflare/kumo/components/input'
import { getRouteApi } from '@tanstack/react-router'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'
import { api } from '../../api/api.ts'
import { Entrance } from '../../session/entrance.tsx'
import { useEnter } from '../../session/use-enter.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { signInError } from './sign-in-error.ts'

const route = getRouteApi('/sign-in')

/** Sign-in with e-mail and password, or with the operator's admin key. */
export function SignInPage(): ReactElement {
  const { next } = route.useSearch()
  const [way, setWay] = useState<'password' | 'admin-key'>('password')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [adminKey, setAdminKey] = useState('')
  const enter = useEnter()
  const signIn = useMutation({
    mutationFn: async () => {
      const body = way === 'password' ? { email, password } : { admin_key: adminKey }
      enter(await api('POST /session', { body }), next)
    },
  })
  const changeWay = (): void => {
    signIn.reset()
    setWay(way === 'password' ? 'admin-key' : 'password')
  }
  return (
    <Entrance
      title="Sign in to gw"
      description="See what the gateway does, for whom, and what it costs."
      onSubmit={signIn.mutate}
    >
      {way === 'password' ? (
        <>
          <Input
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <Input
            label="Password"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </>
      ) : (
        <Input
          label="Admin key"
          type="password"
          autoComplete="off"
          required
          description="GW_ADMIN_KEY of the gateway; pnpm dev prints it."
          value={adminKey}
          onChange={(event) => setAdminKey(event.target.value)}
        />
      )}
      {signIn.error && <ErrorNote error={signInError(signIn.error)} />}
      <Button type="submit" variant="primary" size="lg" loading={signIn.isPending} className="w-full justify-center">
        Sign in
      </Button>
      <Button type="button" variant="ghost" onClick={changeWay} className="w-full justify-center">
        {way === 'password' ? 'Use the admin key instead' : 'Use e-mail and password instead'}
      </Button>
    </Entrance>
  )
}
