import { Button } from '@cloudflare/kumo/components/button'
import { Input } from '@cloudflare/kumo/components/input'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { api } from '../../api/api.ts'
import { Entrance } from '../../session/entrance.tsx'
import { minPasswordLength } from '../../session/min-password-length.ts'
import { useEnter } from '../../session/use-enter.ts'
import { ErrorNote } from '../../ui/error-note.tsx'

const route = getRouteApi('/invitation')

/** Where the link of an invitation leads: the invited choose their password. */
export function InvitationPage(): ReactElement {
  const { token = '' } = route.useSearch()
  const [password, setPassword] = useState('')
  const enter = useEnter()
  const accept = useMutation({
    mutationFn: async () => enter(await api('POST /invitations/accept', { body: { token, password } })),
  })
  return (
    <Entrance
      title="You are invited"
      description="Choose a password to join the organisation."
      onSubmit={accept.mutate}
    >
      <Input
        label="Password"
        type="password"
        autoComplete="new-password"
        required
        minLength={minPasswordLength}
        description={`At least ${minPasswordLength} characters.`}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {accept.error && <ErrorNote error={accept.error} />}
      <Button
        type="submit"
        variant="primary"
        size="lg"
        loading={accept.isPending}
        disabled={!token}
        className="w-full justify-center"
      >
        Join
      </Button>
      {!token && <p className="text-kumo-subtle">The link is incomplete. Open it again from the invitation.</p>}
    </Entrance>
  )
}
