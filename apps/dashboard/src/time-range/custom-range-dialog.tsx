import { Button } from '@cloudflare/kumo/components/button'
import { Dialog } from '@cloudflare/kumo/components/dialog'
import { Input } from '@cloudflare/kumo/components/input'
import { useState, type FormEvent, type ReactElement } from 'react'
import { timeZone } from '../preferences/time-zone.ts'
import { formatMoment, parseMoment } from './moment-text.ts'
import type { TimeRange } from './time-range.ts'

interface CustomRangeDialogProps {
  range: TimeRange
  onClose(): void
  onApply(range: TimeRange): void
}

/** Asks for two moments, in the chosen clock. */
export function CustomRangeDialog({ range, onClose, onApply }: CustomRangeDialogProps): ReactElement {
  const zone = timeZone.use()
  const [fields, setFields] = useState({ from: formatMoment(range.from, zone), to: formatMoment(range.to, zone) })
  const from = parseMoment(fields.from, zone)
  const to = parseMoment(fields.to, zone)
  const isRange = from !== undefined && to !== undefined && from < to
  const clock = zone === 'utc' ? ' (UTC)' : ''
  const apply = (event: FormEvent): void => {
    event.preventDefault()
    if (isRange) onApply({ from, to })
  }
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog className="p-6">
        <Dialog.Title className="mb-4 text-lg font-semibold">Time range</Dialog.Title>
        <form onSubmit={apply} className="flex flex-col gap-4">
          <Input
            type="datetime-local"
            label={`From${clock}`}
            value={fields.from}
            onChange={(event) => setFields({ ...fields, from: event.target.value })}
          />
          <Input
            type="datetime-local"
            label={`To${clock}`}
            value={fields.to}
            {...(!isRange && { error: 'This must be later than “From”.', variant: 'error' as const })}
            onChange={(event) => setFields({ ...fields, to: event.target.value })}
          />
          <div className="mt-1 flex justify-end gap-2">
            <Dialog.Close render={<Button type="button">Cancel</Button>} />
            <Button type="submit" variant="primary" disabled={!isRange}>
              Show
            </Button>
          </div>
        </form>
      </Dialog>
    </Dialog.Root>
  )
}
