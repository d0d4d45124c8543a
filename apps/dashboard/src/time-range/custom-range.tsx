import { Button } from '@cloudflare/kumo/components/button'
import { Input } from '@cloudflare/kumo/components/input'
import { useState, type FormEvent, type ReactElement } from 'react'
import { timeZone } from '../preferences/time-zone.ts'
import { formatMoment, parseMoment } from './moment-text.ts'
import type { TimeRange } from './time-range.ts'

/** Two moments, typed or picked, in the chosen clock. */
export function CustomRange({ range, onApply }: { range: TimeRange; onApply(range: TimeRange): void }): ReactElement {
  const zone = timeZone.use()
  const [fields, setFields] = useState({ from: formatMoment(range.from, zone), to: formatMoment(range.to, zone) })
  const from = parseMoment(fields.from, zone)
  const to = parseMoment(fields.to, zone)
  const isRange = from !== undefined && to !== undefined && from < to
  const apply = (event: FormEvent): void => {
    event.preventDefault()
    if (isRange) onApply({ from, to })
  }
  return (
    <form onSubmit={apply} className="flex flex-col gap-2 border-t border-kumo-hairline px-2 pt-3 pb-1">
      <Input
        size="sm"
        type="datetime-local"
        label={zone === 'utc' ? 'From (UTC)' : 'From'}
        value={fields.from}
        onChange={(event) => setFields({ ...fields, from: event.target.value })}
      />
      <Input
        size="sm"
        type="datetime-local"
        label={zone === 'utc' ? 'To (UTC)' : 'To'}
        value={fields.to}
        onChange={(event) => setFields({ ...fields, to: event.target.value })}
      />
      <Button type="submit" size="sm" variant="primary" disabled={!isRange} className="justify-center">
        {isRange ? 'Apply' : '“To” must be later than “From”'}
      </Button>
    </form>
  )
}
