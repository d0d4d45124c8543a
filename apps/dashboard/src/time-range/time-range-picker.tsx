import { Button } from '@cloudflare/kumo/components/button'
import { Popover } from '@cloudflare/kumo/components/popover'
import { CalendarBlankIcon, CaretDownIcon } from '@phosphor-icons/react'
import { useState, type ReactElement } from 'react'
import { useFormatTime } from '../preferences/time-zone.ts'
import { CustomRange } from './custom-range.tsx'
import { defaultPreset, isPreset, presetNames, presets, type RangeSearch, type TimeRange } from './time-range.ts'

interface TimeRangePickerProps {
  /** What the URL says. */
  search: RangeSearch
  /** What it means now. */
  range: TimeRange
  /** Gets all three fields, so that they can be spread over the search. */
  onChange(search: { range: string | undefined; from: string | undefined; to: string | undefined }): void
}

/** Chooses the stretch of time that a page shows. */
export function TimeRangePicker({ search, range, onChange }: TimeRangePickerProps): ReactElement {
  const [isOpen, setIsOpen] = useState(false)
  const formatTime = useFormatTime()
  const isCustom = search.from !== undefined && search.range === undefined
  const preset = isPreset(search.range) ? search.range : defaultPreset
  const label = isCustom
    ? `${formatTime(range.from, 'dayMinute')} – ${formatTime(range.to, 'dayMinute')}`
    : presets[preset].label
  const choose = (next: Parameters<typeof onChange>[0]): void => {
    setIsOpen(false)
    onChange(next)
  }
  return (
    <Popover open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger
        render={
          <Button icon={CalendarBlankIcon} aria-label={`Time range: ${label}`}>
            {label}
            <CaretDownIcon className="size-3.5 text-kumo-subtle" aria-hidden />
          </Button>
        }
      />
      <Popover.Content align="end" className="w-72 p-2">
        <ul className="pb-2" aria-label="Presets">
          {presetNames.map((name) => (
            <li key={name}>
              <button
                type="button"
                aria-pressed={!isCustom && name === preset}
                className="flex h-8 w-full cursor-pointer items-center rounded-md px-2 hover:bg-kumo-tint aria-pressed:bg-kumo-tint aria-pressed:font-medium"
                onClick={() => choose({ range: name, from: undefined, to: undefined })}
              >
                {presets[name].label}
              </button>
            </li>
          ))}
        </ul>
        <CustomRange
          range={range}
          onApply={({ from, to }) => choose({ range: undefined, from: String(from), to: String(to) })}
        />
      </Popover.Content>
    </Popover>
  )
}
