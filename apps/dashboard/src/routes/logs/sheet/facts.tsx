import type { ReactElement, ReactNode } from 'react'

export interface Fact {
  label: string
  value: ReactNode
}

/** Labels and values in two columns. */
export function Facts({ facts }: { facts: readonly Fact[] }): ReactElement {
  return (
    <dl className="grid grid-cols-1 gap-x-8 sm:grid-cols-2">
      {facts.map(({ label, value }) => (
        <div
          key={label}
          className="flex min-h-8 min-w-0 items-center justify-between gap-4 border-b border-kumo-hairline py-1"
        >
          <dt className="shrink-0 text-sm text-kumo-subtle">{label}</dt>
          <dd className="min-w-0 truncate text-right">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
