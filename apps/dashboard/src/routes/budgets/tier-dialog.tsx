import { Input } from '@cloudflare/kumo/components/input'
import { useState, type ReactElement } from 'react'
import { useWrite } from '../../api/use-write.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { parseLimit } from './parse-limit.ts'
import type { Tier } from './tiers-card.tsx'

const limits = {
  requests_per_day: 'Requests a day',
  requests_per_minute: 'Requests a minute',
  tokens_per_minute: 'Tokens a minute',
} as const

type LimitKey = keyof typeof limits

const keys: readonly LimitKey[] = ['requests_per_day', 'requests_per_minute', 'tokens_per_minute']

/** Makes a tier, or changes one. */
export function TierDialog({ tier, onClose }: { tier: Tier | undefined; onClose(): void }): ReactElement {
  const [id, setId] = useState(tier?.id ?? '')
  const [texts, setTexts] = useState<Record<LimitKey, string>>({
    requests_per_day: String(tier?.requests_per_day ?? ''),
    requests_per_minute: String(tier?.requests_per_minute ?? ''),
    tokens_per_minute: String(tier?.tokens_per_minute ?? ''),
  })
  const after = { invalidates: ['GET /tiers', 'GET /limits'] as const, onSuccess: onClose }
  const add = useWrite('POST /tiers', { ...after, success: 'Tier added' })
  const change = useWrite('PATCH /tiers/:id', { ...after, success: 'Tier changed' })
  const save = (): void => {
    const body = {
      requests_per_day: parseLimit(texts.requests_per_day),
      requests_per_minute: parseLimit(texts.requests_per_minute),
      tokens_per_minute: parseLimit(texts.tokens_per_minute),
    }
    if (tier) change.mutate({ params: { id: tier.id }, body })
    else add.mutate({ body: { id, ...body } })
  }
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={tier ? `Change tier ${tier.name}` : 'Add tier'}
      description="An empty field is no limit."
      submit={tier ? 'Save' : 'Add'}
      onSubmit={save}
      isPending={add.isPending || change.isPending}
      error={add.error ?? change.error}
    >
      {!tier && (
        <Input label="Id" value={id} onChange={(event) => setId(event.target.value)} required pattern="[\w\-]+" />
      )}
      {keys.map((key) => (
        <Input
          key={key}
          label={limits[key]}
          type="number"
          min={0}
          value={texts[key]}
          onChange={(event) => setTexts({ ...texts, [key]: event.target.value })}
        />
      ))}
    </FormDialog>
  )
}
