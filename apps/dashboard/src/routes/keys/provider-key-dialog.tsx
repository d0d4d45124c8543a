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

/** Stores a provider key, or changes one; the secret itself is never shown. */
export function ProviderKeyDialog({ providerKey, isSystem, onClose }: ProviderKeyDialogProps): ReactElement {
  const { org } = useSession()
  const [provider, setProvider] = useState('openai')
  const [level, setLevel] = useState<Level>(isSystem ? 'system' : 'org')
  const [userId, setUserId] = useState(noUser)
  const [tierId, setTierId] = useState('FREE')
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
    const place = {
      level,
      ...(!isSystem && { org_id: org.id }),
      ...(level === 'user' && { user_id: userId }),
      ...(level === 'system_tier' && { tier_id: tierId }),
    }
    add.mutate({ body: { ...said, ...place, provider, key: secret } })
  }
  const levels = isSystem
    ? { system: 'Everyone', system_tier: 'Callers of one tier' }
    : { org: 'The whole organisation', user: 'One user' }
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
          <SelectField<string>
            label="Serves"
            value={level}
            onChange={(next) => setLevel(levelOf(next))}
            items={levels}
          />
          {level === 'user' && (
            <SelectField
              label="User"
              value={userId}
              onChange={setUserId}
              items={{ [noUser]: 'Choose one', ...choices.users }}
            />
          )}
          {level === 'system_tier' && (
            <SelectField label="Tier" value={tierId} onChange={setTierId} items={choices.tiers} />
          )}
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
