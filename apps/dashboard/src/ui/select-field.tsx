import { Select } from '@cloudflare/kumo/components/select'
import type { ReactElement } from 'react'

interface SelectFieldProps<T extends string> {
  label: string
  description?: string
  value: T
  onChange(value: NoInfer<T>): void
  /** Values, and what they are called. */
  items: Readonly<Partial<Record<NoInfer<T>, string>>>
}

/** A choice among a few, in a form. */
export function SelectField<T extends string>({
  label,
  description,
  value,
  onChange,
  items,
}: SelectFieldProps<T>): ReactElement {
  return (
    <Select
      label={label}
      description={description}
      value={value}
      onValueChange={(next: T | null) => {
        if (next !== null) onChange(next)
      }}
      items={items}
    />
  )
}
