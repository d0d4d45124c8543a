import { Input } from '@cloudflare/kumo/components/input'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'
import { apiQuery } from '../../api/api-query.ts'
import { useWrite } from '../../api/use-write.ts'
import { useSession } from '../../session/use-session.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { parsePatterns } from './describe-scopes.ts'
import type { GatewayKey } from './gateway-keys-card.tsx'
import { ShowKey } from './show-key.tsx'

interface GatewayKeyDialogProps {
  /** Without one, a new key is made. */
  gatewayKey?: GatewayKey
  onClose(): void
}

const ends = {
  never: 'Never',
  day: 'In a day',
  month: 'In 30 days',
  year: 'In a year',
} as const
const endsMs = { never: null, day: 86_400_000, month: 30 * 86_400_000, year: 365 * 86_400_000 } as const

const kept = 'kept'

type End = keyof typeof ends | typeof kept
const organisation = '-'

/** Makes a gateway key and shows it once, or changes what one may do. */
export function GatewayKeyDialog({ gatewayKey, onClose }: GatewayKeyDialogProps): ReactElement {
  const { org, user, can } = useSession()
  const isAdmin = can('admin')
  const [name, setName] = useState(gatewayKey?.name ?? '')
  const [owner, setOwner] = useState(isAdmin ? organisation : (user?.id ?? organisation))
  const [models, setModels] = useState((gatewayKey?.scopes.models ?? []).join(', '))
  const [providers, setProviders] = useState((gatewayKey?.scopes.providers ?? []).join(', '))
  const [end, setEnd] = useState<End>(gatewayKey ? kept : 'never')
  const { data: members } = useQuery(apiQuery('GET /orgs/:org/members', { params: { org: org.id } }))
  const invalidates = ['GET /gateway-keys'] as const
  const add = useWrite('POST /gateway-keys', { invalidates })
  const change = useWrite('PATCH /gateway-keys/:id', { invalidates, success: 'Key changed', onSuccess: onClose })
  if (add.data) return <ShowKey secret={add.data.key} onClose={onClose} />

  const save = (): void => {
    const { endpoints, gateways } = gatewayKey?.scopes ?? {}
    const [onlyModels, onlyProviders] = [parsePatterns(models), parsePatterns(providers)]
    const scopes = {
      ...(endpoints && { endpoints }),
      ...(gateways && { gateways }),
      ...(onlyModels && { models: onlyModels }),
      ...(onlyProviders && { providers: onlyProviders }),
    }
    const query = { org_id: org.id }
    const expiry = end === kept ? {} : { expires_at: toExpiry(endsMs[end]) }
    const body = { name, scopes, ...expiry }
    if (gatewayKey) change.mutate({ params: { id: gatewayKey.id }, query, body })
    else add.mutate({ query, body: { ...body, user_id: owner === organisation ? null : owner } })
  }
  const people = Object.fromEntries((members?.data ?? []).map((member) => [member.user_id, member.name]))
  const own = user ? { [user.id]: `${user.name} (you)` } : {}
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={gatewayKey ? `Change ${gatewayKey.name}` : 'Create gateway key'}
      submit={gatewayKey ? 'Save' : 'Create'}
      onSubmit={save}
      isPending={add.isPending || change.isPending}
      error={add.error ?? change.error}
    >
      <Input label="Name" value={name} onChange={(event) => setName(event.target.value)} required maxLength={100} />
      {!gatewayKey && (
        <SelectField
          label="Whose"
          description="Limits and budgets of a user count for their keys; their own provider keys serve them."
          value={owner}
          onChange={setOwner}
          items={isAdmin ? { [organisation]: 'The organisation’s', ...people } : own}
        />
      )}
      <Input
        label="Only these models"
        description="Patterns such as openai/*, auto, dynamic/support. Empty: all."
        value={models}
        onChange={(event) => setModels(event.target.value)}
      />
      <Input
        label="Only these providers"
        description="Such as openai, anthropic. Empty: all."
        value={providers}
        onChange={(event) => setProviders(event.target.value)}
      />
      <SelectField<End>
        label="Ends"
        value={end}
        onChange={setEnd}
        items={{ ...(gatewayKey && { [kept]: 'As it is' }), ...ends }}
      />
    </FormDialog>
  )
}

function toExpiry(ms: number | null): number | null {
  return ms === null ? null : Date.now() + ms
}
