import { Button } from '@cloudflare/kumo/components/button'
import { DropdownMenu } from '@cloudflare/kumo/components/dropdown'
import { CalendarBlankIcon, CaretDownIcon } from '@phosphor-icons/react'
import { lazy, Suspense, useState, type ReactElement } from 'react'
import { useFormatTime } from '../preferences/time-zone.ts'
import { defaultPreset, isPreset, presetNames, presets, type RangeSearch, type TimeRange } from './time-range.ts'

const CustomRangeDialog = lazy(async () => ({
  default: (await import('./custom-range-dialog.tsx')).CustomRangeDialog,
}))

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
  const [isTyping, setIsTyping] = useState(false)
  const formatTime = useFormatTime()
  const isCustom = search.from !== undefined && search.range === undefined
  const preset = isPreset(search.range) ? search.range : defaultPreset
  const label = isCustom
    ? `${formatTime(range.from, 'dayMinute')} – ${formatTime(range.to, 'dayMinute')}`
    : presets[preset].label
  return (
    <>
      <DropdownMenu>
        <DropdownMenu.Trigger render={<Button icon={CalendarBlankIcon} aria-label={`Time range: ${label}`} />}>
          {label}
          <CaretDownIcon className="size-3.5 text-kumo-subtle" aria-hidden />
        </DropdownMenu.Trigger>
        <DropdownMenu.Content align="end">
          {presetNames.map((name) => (
            <DropdownMenu.Item
              key={name}
              selected={!isCustom && name === preset}
              onClick={() => onChange({ range: name, from: undefined, to: undefined })}
            >
              {presets[name].label}
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Separator />
          <DropdownMenu.Item selected={isCustom} onClick={() => setIsTyping(true)}>
            From and to…
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu>
      <Suspense>
        {isTyping && (
          <CustomRangeDialog
            range={range}
            onClose={() => setIsTyping(false)}
            onApply={({ from, to }) => {
              setIsTyping(false)
              onChange({ range: undefined, from: String(from), to: String(to) })
            }}
          />
        )}
      </Suspense>
    </>
  )
}
