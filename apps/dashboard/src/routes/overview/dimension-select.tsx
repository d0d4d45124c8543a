import type { ReactElement } from 'react'
import { ChoiceMenu } from '../../ui/choice-menu.tsx'
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
  const choices = [
    ...(noneLabel === undefined ? [] : [{ value: none, label: noneLabel }]),
    ...known.map((one) => ({ value: one.key, label: one.label })),
    ...(isKnown ? [] : [{ value, label: labelOfDimension(value) }]),
  ]
  return (
    <ChoiceMenu
      label={label}
      value={value ?? none}
      choices={choices}
      onChange={(next) => onChange(next === none ? undefined : next)}
    />
  )
}
