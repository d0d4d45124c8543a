import { Button } from '@cloudflare/kumo/components/button'
import { Input, InputArea } from '@cloudflare/kumo/components/input'
import { PlusIcon, TrashIcon } from '@phosphor-icons/react'
import { useState, type ReactElement } from 'react'
import { SelectField } from '../../ui/select-field.tsx'
import { operatorNames, toConditions, toRows, type ConditionRow } from './condition-rows.ts'

interface ConditionFormProps {
  conditions: unknown
  onChange(conditions: unknown): void
}

/** What must hold: rows of field, operator and value; more than that as JSON. */
export function ConditionForm({ conditions, onChange }: ConditionFormProps): ReactElement {
  const [rows, setRows] = useState(() => toRows(conditions))
  if (!rows) return <ConditionJson conditions={conditions} onChange={onChange} />
  const set = (next: readonly ConditionRow[]): void => {
    setRows([...next])
    onChange(toConditions(next))
  }
  const change = (index: number, part: Partial<ConditionRow>): void =>
    set(rows.map((row, at) => (at === index ? { ...row, ...part } : row)))
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-kumo-subtle">
        All must hold. Fields: metadata.plan, headers.x-name, body.messages[0].role, user.plan.
      </p>
      {rows.map((row, index) => (
        <div key={index} className="flex flex-col gap-2 rounded-lg p-3 ring ring-kumo-hairline">
          <div className="flex items-end gap-2 *:first:min-w-0 *:first:flex-1">
            <Input
              label="Field"
              className="w-full font-mono text-sm"
              value={row.field}
              onChange={(event) => change(index, { field: event.target.value })}
            />
            <Button
              variant="ghost"
              shape="square"
              icon={TrashIcon}
              aria-label={`Remove the condition on ${row.field}`}
              onClick={() => set(rows.toSpliced(index, 1))}
            />
          </div>
          <SelectField
            label="Operator"
            value={row.operator}
            onChange={(operator) => change(index, { operator })}
            items={operatorNames}
          />
          <Input
            label="Value"
            className="w-full"
            placeholder={
              row.operator === '$in' || row.operator === '$nin'
                ? 'pro, team'
                : row.operator === '$exists'
                  ? 'true'
                  : 'pro'
            }
            value={row.value}
            onChange={(event) => change(index, { value: event.target.value })}
          />
        </div>
      ))}
      <Button
        size="sm"
        icon={PlusIcon}
        className="self-start"
        onClick={() => set([...rows, { field: 'metadata.', operator: '$eq', value: '' }])}
      >
        Add a condition
      </Button>
    </div>
  )
}

/** Takes each text that is JSON; others are left as they are until they are. */
function ConditionJson({ conditions, onChange }: ConditionFormProps): ReactElement {
  const [text, setText] = useState(() => JSON.stringify(conditions, null, 2))
  const [mistake, setMistake] = useState<string>()
  const take = (next: string): void => {
    setText(next)
    try {
      onChange(JSON.parse(next))
      setMistake(undefined)
    } catch (error) {
      setMistake(`This is not JSON. ${error instanceof Error ? error.message : ''}`)
    }
  }
  return (
    <InputArea
      label="Conditions"
      description="With $and, $or and $not."
      rows={10}
      className="font-mono text-xs"
      spellCheck={false}
      value={text}
      {...(mistake !== undefined && { error: mistake })}
      onChange={(event) => take(event.target.value)}
    />
  )
}
