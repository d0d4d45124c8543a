import { Input } from '@cloudflare/kumo/components/input'
import { Switch } from '@cloudflare/kumo/components/switch'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'
import { apiQuery } from '../../api/api-query.ts'
import { useWrite } from '../../api/use-write.ts'
import { useSession } from '../../session/use-session.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import type { ProviderKey } from './provider-keys-card.tsx'

interface ProviderKeyDialogProps {
  /** `undefined` adds one. */
  providerKey: ProviderKey | undefined
  /** The gateway's own, in place of the organisation's. */
  isSystem: boolean
  onClose(): void
}

type Level = ProviderKey['level']

/** An empty value would look like a hint. */
const noUser = '-'

/** Whom a new key serves, as it is chosen. */
interface Place {
  level: Level
  userId: string
  tierId: string
}

/** Stores a provider key, or changes one; the secret itself is never shown. */
export function ProviderKeyDialog({ providerKey, isSystem, onClose }: ProviderKeyDialogProps): ReactElement {
  const { org } = useSession()
  const [provider, setProvider] = useState('openai')
  const [place, setPlace] = useState<Place>({ level: isSystem ? 'system' : 'org', userId: noUser, tierId: 'FREE' })
  const [name, setName] = useState(providerKey?.name ?? '')
  const [alias, setAlias] = useState(providerKey?.alias ?? 'default')
  const [weight, setWeight] = useState(String(providerKey?.weight ?? 1))
  const [secret, setSecret] = useState('')
  const [isOff, setIsOff] = useState(providerKey ? providerKey.disabled_at !== null : false)
  const choices = useChoices()
  const after = { invalidates: ['GET /provider-keys', 'GET /key-resolution'] as const, onSuccess: onClose }
  const add = useWrite('POST /provider-keys', { ...after, success: 'Provider key stored' })
  const change = useWrite('PATCH /provider-keys/:id', { ...after, success: 'Provider key changed' })
  const save = (): void => {
    const said = { alias, weight: Number(weight), ...(name && { name }) }
    if (providerKey) {
      const query = isSystem ? { system: 'true' as const } : { org_id: org.id }
      const body = { ...said, disabled: isOff, ...(secret && { key: secret }) }
      change.mutate({ params: { id: providerKey.id }, query, body })
      return
    }
    const { level, userId, tierId } = place
    const whose = {
      level,
      ...(!isSystem && { org_id: org.id }),
      ...(level === 'user' && { user_id: userId }),
      ...(level === 'system_tier' && { tier_id: tierId }),
    }
    add.mutate({ body: { ...said, ...whose, provider, key: secret } })
  }
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={providerKey ? `Change ${providerKey.name}` : 'Add provider key'}
      submit={providerKey ? 'Save' : 'Store'}
      onSubmit={save}
      isPending={add.isPending || change.isPending}
      error={add.error ?? change.error}
    >
      {!providerKey && (
        <>
          <SelectField label="Provider" value={provider} onChange={setProvider} items={choices.providers} />
          <ServesFields isSystem={isSystem} place={place} onChange={setPlace} choices={choices} />
        </>
      )}
      <Input
        label={providerKey ? 'New secret' : 'Secret'}
        description={
          providerKey ? 'Empty keeps the one that is stored.' : 'It is sealed at once, and never shown again.'
        }
        type="password"
        autoComplete="off"
        value={secret}
        onChange={(event) => setSecret(event.target.value)}
        required={!providerKey}
      />
      <Input label="Name" value={name} onChange={(event) => setName(event.target.value)} maxLength={100} />
      <div className="grid grid-cols-2 gap-4">
        <Input label="Alias" value={alias} onChange={(event) => setAlias(event.target.value)} required maxLength={64} />
        <Input
          label="Weight"
          type="number"
          min={1}
          max={1000}
          value={weight}
          onChange={(event) => setWeight(event.target.value)}
          required
        />
      </div>
      {providerKey && <Switch label="Switched off" checked={isOff} onCheckedChange={setIsOff} />}
    </FormDialog>
  )
}

interface ServesFieldsProps {
  isSystem: boolean
  place: Place
  onChange(place: Place): void
  choices: ReturnType<typeof useChoices>
}

/** Whom a new key serves. */
function ServesFields({ isSystem, place, onChange, choices }: ServesFieldsProps): ReactElement {
  const levels = isSystem
    ? { system: 'Everyone', system_tier: 'Callers of one tier' }
    : { org: 'The whole organisation', user: 'One user' }
  return (
    <>
      <SelectField<string>
        label="Serves"
        value={place.level}
        onChange={(level) => onChange({ ...place, level: levelOf(level) })}
        items={levels}
      />
      {place.level === 'user' && (
        <SelectField
          label="User"
          value={place.userId}
          onChange={(userId) => onChange({ ...place, userId })}
          items={{ [noUser]: 'Choose one', ...choices.users }}
        />
      )}
      {place.level === 'system_tier' && (
        <SelectField
          label="Tier"
          value={place.tierId}
          onChange={(tierId) => onChange({ ...place, tierId })}
          items={choices.tiers}
        />
      )}
    </>
  )
}

function levelOf(text: string): Level {
  return (['user', 'org', 'system_tier', 'system'] as const).find((level) => level === text) ?? 'org'
}

function useChoices() {
  const { org } = useSession()
  const { data: providers } = useQuery(apiQuery('GET /providers', {}))
  const { data: members } = useQuery(apiQuery('GET /orgs/:org/members', { params: { org: org.id } }))
  const { data: tiers } = useQuery(apiQuery('GET /tiers', {}))
  return {
    providers: Object.fromEntries((providers?.data ?? [{ id: 'openai' }]).map(({ id }) => [id, id])),
    users: Object.fromEntries((members?.data ?? []).map(({ user_id, name }) => [user_id, name])),
    tiers: Object.fromEntries((tiers?.data ?? []).map(({ id, name }) => [id, name])),
  }
}
