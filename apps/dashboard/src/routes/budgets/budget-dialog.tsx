import { Input } from '@cloudflare/kumo/components/input'
import { Switch } from '@cloudflare/kumo/components/switch'
import { useState, type ReactElement } from 'react'
import { useWrite } from '../../api/use-write.ts'
import { useSession } from '../../session/use-session.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { modeNames, periodNames, scopeNames } from './budget-words.ts'
import type { Budget } from './budgets-card.tsx'
import { ScopeSelect } from './scope-select.tsx'

interface BudgetDialogProps {
  /** `undefined` makes a new one. */
  budget: Budget | undefined
  onClose(): void
}

/** Makes a budget, or changes what of it can change. */
export function BudgetDialog({ budget, onClose }: BudgetDialogProps): ReactElement {
  const { org } = useSession()
  const [name, setName] = useState(budget?.name ?? '')
  const [limit, setLimit] = useState(budget?.limit_usd ?? '')
  const [mode, setMode] = useState(budget?.mode ?? 'hard')
  const [period, setPeriod] = useState<Budget['period']>(budget?.period ?? 'month')
  const [scope, setScope] = useState<Budget['scope']>(budget?.scope ?? 'org')
  const [scopeId, setScopeId] = useState<string>()
  const [isOff, setIsOff] = useState(budget ? budget.disabled_at !== null : false)
  const after = { invalidates: ['GET /budgets'] as const, onSuccess: onClose }
  const add = useWrite('POST /budgets', { ...after, success: 'Budget added' })
  const change = useWrite('PATCH /budgets/:id', { ...after, success: 'Budget changed' })
  const query = { org_id: org.id }
  const save = (): void => {
    const said = { name, limit_usd: limit, mode }
    if (budget) change.mutate({ params: { id: budget.id }, query, body: { ...said, disabled: isOff } })
    else add.mutate({ query, body: { ...said, period, scope, scope_id: scope === 'org' ? null : (scopeId ?? null) } })
  }
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={budget ? 'Change budget' : 'Add budget'}
      submit={budget ? 'Save' : 'Add'}
      onSubmit={save}
      isPending={add.isPending || change.isPending}
      error={add.error ?? change.error}
    >
      <Input label="Name" value={name} onChange={(event) => setName(event.target.value)} required maxLength={100} />
      {!budget && (
        <>
          <SelectField label="For" value={scope} onChange={setScope} items={scopeNames} />
          {scope !== 'org' && <ScopeSelect scope={scope} value={scopeId} onChange={setScopeId} />}
          <SelectField label="Starts anew each" value={period} onChange={setPeriod} items={periodNames} />
        </>
      )}
      <Input
        label="Limit, US dollars"
        inputMode="decimal"
        value={limit}
        onChange={(event) => setLimit(event.target.value)}
        placeholder="25.00"
        required
      />
      <SelectField label="When it is reached" value={mode} onChange={setMode} items={modeNames} />
      {budget && <Switch label="Switched off" checked={isOff} onCheckedChange={setIsOff} />}
    </FormDialog>
  )
}
