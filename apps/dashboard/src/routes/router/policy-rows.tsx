import { Button } from '@cloudflare/kumo/components/button'
import { Checkbox } from '@cloudflare/kumo/components/checkbox'
import { Input } from '@cloudflare/kumo/components/input'
import { PlusIcon, TrashIcon } from '@phosphor-icons/react'
import type { ReactElement, ReactNode } from 'react'
import type { OverrideDraft, TermsDraft } from './policy-draft.ts'

interface RowsProps<T> {
  rows: readonly T[]
  onChange(rows: readonly T[]): void
}

/** Own values of quality and speed, by target or pattern. */
export function OverrideRows({ rows, onChange }: RowsProps<OverrideDraft>): ReactElement {
  const set = (index: number, change: Partial<OverrideDraft>): void =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...change } : row)))
  return (
    <Rows
      title="Quality and speed, 0–10, of models"
      add="Add a model or pattern"
      onAdd={() => onChange([...rows, { pattern: '', quality: '', speed: '' }])}
    >
      {rows.map(({ pattern, quality, speed }, index) => (
        <Row key={index} name={pattern} onRemove={() => onChange(rows.toSpliced(index, 1))}>
          <Input
            className="min-w-0 flex-1"
            aria-label="Model or pattern"
            placeholder="groq/*"
            value={pattern}
            onChange={(event) => set(index, { pattern: event.target.value })}
          />
          <Input
            className="w-22"
            aria-label={`Quality of ${pattern}`}
            placeholder="quality"
            type="number"
            min={0}
            max={10}
            step="any"
            value={quality}
            onChange={(event) => set(index, { quality: event.target.value })}
          />
          <Input
            className="w-22"
            aria-label={`Speed of ${pattern}`}
            placeholder="speed"
            type="number"
            min={0}
            max={10}
            step="any"
            value={speed}
            onChange={(event) => set(index, { speed: event.target.value })}
          />
        </Row>
      ))}
    </Rows>
  )
}

/** What is known of providers by contract. */
export function TermsRows({ rows, onChange }: RowsProps<TermsDraft>): ReactElement {
  const set = (index: number, change: Partial<TermsDraft>): void =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...change } : row)))
  return (
    <Rows
      title="Where providers run, and whether they keep nothing"
      add="Add a provider"
      onAdd={() => onChange([...rows, { provider: '', region: '', isZeroRetention: false }])}
    >
      {rows.map(({ provider, region, isZeroRetention }, index) => (
        <Row key={index} name={provider} onRemove={() => onChange(rows.toSpliced(index, 1))}>
          <Input
            className="min-w-0 flex-1"
            aria-label="Provider"
            placeholder="openai"
            value={provider}
            onChange={(event) => set(index, { provider: event.target.value })}
          />
          <Input
            className="w-22"
            aria-label={`Region of ${provider}`}
            placeholder="eu"
            value={region}
            onChange={(event) => set(index, { region: event.target.value })}
          />
          <Checkbox
            label="keeps nothing"
            checked={isZeroRetention}
            onCheckedChange={(isChecked: boolean) => set(index, { isZeroRetention: isChecked })}
          />
        </Row>
      ))}
    </Rows>
  )
}

function Rows({
  title,
  add,
  onAdd,
  children,
}: {
  title: string
  add: string
  onAdd(): void
  children: ReactNode
}): ReactElement {
  return (
    <div className="flex flex-col gap-2">
      <p className="text-kumo-subtle">{title}</p>
      {children}
      <Button size="sm" icon={PlusIcon} className="self-start" onClick={onAdd}>
        {add}
      </Button>
    </div>
  )
}

function Row({ name, onRemove, children }: { name: string; onRemove(): void; children: ReactNode }): ReactElement {
  return (
    <div className="flex items-center gap-2">
      {children}
      <Button
        variant="ghost"
        shape="square"
        size="sm"
        icon={TrashIcon}
        aria-label={`Remove ${name || 'this row'}`}
        onClick={onRemove}
      />
    </div>
  )
}
