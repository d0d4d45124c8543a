import { Button } from '@cloudflare/kumo/components/button'
import { DropdownMenu } from '@cloudflare/kumo/components/dropdown'
import { CaretUpDownIcon } from '@phosphor-icons/react'
import type { ReactElement } from 'react'

interface ChoiceMenuProps<T extends string> {
  /** What is chosen, for screen readers. */
  label: string
  value: T
  choices: readonly { value: T; label: string }[]
  onChange(value: T): void
}

/** A small button that shows the choice and offers the others. */
export function ChoiceMenu<T extends string>({ label, value, choices, onChange }: ChoiceMenuProps<T>): ReactElement {
  const current = choices.find((choice) => choice.value === value)?.label ?? value
  return (
    <DropdownMenu>
      <DropdownMenu.Trigger render={<Button size="sm" aria-label={`${label}: ${current}`} />}>
        {current}
        <CaretUpDownIcon className="size-3.5 text-kumo-subtle" aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content align="end" className="max-h-96 overflow-y-auto">
        {choices.map((choice) => (
          <DropdownMenu.Item
            key={choice.value}
            selected={choice.value === value}
            onClick={() => onChange(choice.value)}
          >
            {choice.label}
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu>
  )
}
