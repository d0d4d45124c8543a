import { Select } from '@cloudflare/kumo/components/select'
import type { ReactElement } from 'react'
import { dimensions, labelOfDimension } from './dimensions.ts'
import { useMetadataNames, type Scope } from './use-analytics.ts'

interface DimensionSelectProps {
  label: string
  scope: Scope
  value: string | undefined
  onChange(value: string | undefined): void
  /** Offers no dimension at all, called so. */
  noneLabel?: string
}

const none = '-'

/** Chooses a dimension, or an entry of metadata that requests have. */
export function DimensionSelect({ label, scope, value, onChange, noneLabel }: DimensionSelectProps): ReactElement {
  const names = useMetadataNames(scope)
  const metadata = names.map((name) => ({ key: `metadata.${name}`, label: `Metadata: ${name}` }))
  const known = [...dimensions, ...metadata]
  const isKnown = value === undefined || known.some(({ key }) => key === value)
  const items = {
    ...(noneLabel !== undefined && { [none]: noneLabel }),
    ...Object.fromEntries(known.map((one) => [one.key, one.label])),
    ...(!isKnown && { [value]: labelOfDimension(value) }),
  }
  return (
    <Select
      size="sm"
      aria-label={label}
      value={value ?? none}
      onValueChange={(next) => onChange(next === none || next === null ? undefined : next)}
      items={items}
    />
  )
}
