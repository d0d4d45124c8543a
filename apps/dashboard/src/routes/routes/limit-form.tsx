import { Input } from '@cloudflare/kumo/components/input'
import type { ReactElement } from 'react'
import { SelectField } from '../../ui/select-field.tsx'

interface LimitFormProps {
  properties: Readonly<Record<string, unknown>>
  onChange(change: Readonly<Record<string, unknown>>): void
}

const kinds = { count: 'Requests', cost: 'US dollars' } as const
const techniques = { fixed: 'By the clock', sliding: 'Slides with each request' } as const

/** How much, in which time, counted for whom. */
export function LimitForm({ properties, onChange }: LimitFormProps): ReactElement {
  const { limitType, limit, window, key, technique } = properties
  const number = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text))
  return (
    <>
      <div className="grid grid-cols-2 gap-3 *:min-w-0">
        <Input
          className="w-full"
          label="At most"
          type="number"
          min={0}
          step="any"
          value={String(limit ?? '')}
          onChange={(event) => onChange({ limit: number(event.target.value) })}
        />
        <SelectField
          label="Of"
          value={limitType === 'cost' ? 'cost' : 'count'}
          onChange={(next) => onChange({ limitType: next })}
          items={kinds}
        />
      </div>
      <Input
        className="w-full"
        label="In so many seconds"
        description="3600 is an hour, 86400 a day"
        type="number"
        min={1}
        value={String(window ?? '')}
        onChange={(event) => onChange({ window: number(event.target.value) })}
      />
      <Input
        className="w-full font-mono"
        label="For each value of"
        description="Requests without it share a count."
        placeholder="metadata.user_id"
        value={String(key ?? '')}
        onChange={(event) => onChange({ key: event.target.value })}
      />
      <SelectField
        label="Windows"
        value={technique === 'sliding' ? 'sliding' : 'fixed'}
        onChange={(next) => onChange({ technique: next === 'fixed' ? undefined : next })}
        items={techniques}
      />
    </>
  )
}
