import { Input } from '@cloudflare/kumo/components/input'
import { Switch } from '@cloudflare/kumo/components/switch'
import { useState, type ReactElement } from 'react'
import { useWrite } from '../../api/use-write.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import type { OwnerQuery } from './owner-query.ts'
import { kindFacts, kindsFor, type RuleKind } from './rule-words.ts'
import type { AlertRule } from './rules-card.tsx'

interface RuleDialogProps {
  /** `undefined` makes a new one. */
  rule: AlertRule | undefined
  owner: OwnerQuery
  isSystem: boolean
  onClose(): void
}

const digests = { immediately: 'At once', hourly: 'Once an hour, together', daily: 'Once a day, together' } as const

/** Makes a rule, or changes one. */
export function RuleDialog({ rule, owner, isSystem, onClose }: RuleDialogProps): ReactElement {
  const [kind, setKind] = useState<RuleKind>('spend_per_hour')
  const [name, setName] = useState(rule?.name ?? '')
  const [warning, setWarning] = useState(String(rule?.warning ?? ''))
  const [critical, setCritical] = useState(String(rule?.critical ?? ''))
  const [filter, setFilter] = useState({ provider: rule?.filter['provider'] ?? '', model: rule?.filter['model'] ?? '' })
  const [digest, setDigest] = useState(rule?.digest ?? 'immediately')
  const [isOn, setIsOn] = useState(rule?.enabled ?? true)
  const [tellsEnd, setTellsEnd] = useState(rule?.notify_resolved ?? true)
  const after = { invalidates: ['GET /alert-rules', 'GET /alert-events'] as const, onSuccess: onClose }
  const add = useWrite('POST /alert-rules', { ...after, success: 'Rule added' })
  const change = useWrite('PATCH /alert-rules/:id', { ...after, success: 'Rule changed' })
  const facts = kindFacts[rule ? (kindsFor(isSystem).find((known) => known === rule.kind) ?? 'unknown_price') : kind]
  const save = (): void => {
    const body = {
      ...(name && { name }),
      ...(facts.unit !== 'event' && {
        warning: toThreshold(warning, facts.unit),
        critical: toThreshold(critical, facts.unit),
      }),
      ...(facts.takesFilter && { filter: withoutEmpty({ ...rule?.filter, ...filter }) }),
      digest,
      enabled: isOn,
      notify_resolved: tellsEnd,
    }
    if (rule) change.mutate({ params: { id: rule.id }, query: owner, body })
    else add.mutate({ query: owner, body: { kind, ...body } })
  }
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={rule ? `Change ${rule.name}` : 'Add rule'}
      submit={rule ? 'Save' : 'Add'}
      onSubmit={save}
      isPending={add.isPending || change.isPending}
      error={add.error ?? change.error}
    >
      {!rule && (
        <SelectField
          label="What"
          value={kind}
          onChange={setKind}
          items={Object.fromEntries(kindsFor(isSystem).map((known) => [known, kindFacts[known].name]))}
        />
      )}
      <Input
        label="Name"
        placeholder={facts.name}
        value={name}
        onChange={(event) => setName(event.target.value)}
        maxLength={100}
      />
      {facts.unit !== 'event' && (
        <div className="grid grid-cols-2 gap-4">
          <Input
            label={`Warning, ${facts.in}`}
            description="Empty: none."
            inputMode="decimal"
            value={warning}
            onChange={(event) => setWarning(event.target.value)}
          />
          <Input
            label={`Critical, ${facts.in}`}
            description="Empty: none."
            inputMode="decimal"
            value={critical}
            onChange={(event) => setCritical(event.target.value)}
          />
        </div>
      )}
      {facts.takesFilter && <FilterFields filter={filter} onChange={setFilter} />}
      <SelectField label="Told" value={digest} onChange={setDigest} items={digests} />
      <Switch label="Also tell when it is over" checked={tellsEnd} onCheckedChange={setTellsEnd} />
      <Switch label="Switched on" checked={isOn} onCheckedChange={setIsOn} />
    </FormDialog>
  )
}

interface Filter {
  provider: string
  model: string
}

/** Which requests a rule is about. */
function FilterFields({ filter, onChange }: { filter: Filter; onChange(filter: Filter): void }): ReactElement {
  return (
    <div className="grid grid-cols-2 gap-4">
      <Input
        label="Only this provider"
        value={filter.provider}
        onChange={(event) => onChange({ ...filter, provider: event.target.value })}
      />
      <Input
        label="Only this model"
        value={filter.model}
        onChange={(event) => onChange({ ...filter, model: event.target.value })}
      />
    </div>
  )
}

/** Shares are kept as such, also where they are entered in per cent. */
function toThreshold(text: string, unit: string): number | null {
  const value = text.replace('%', '').trim()
  if (value === '') return null
  return unit === 'share' && text.includes('%') ? Number(value) / 100 : Number(value)
}

function withoutEmpty(filter: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''))
}
