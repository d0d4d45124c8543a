import type { ReactElement, ReactNode } from 'react'
import { formatShort } from '../../format/number.ts'
import type { Model } from '../../models/all-models-query.ts'
import { HealthBadge } from '../../models/health-badge.tsx'
import { formatPrice, formatWindow } from './format-price.ts'
import type { SortKey } from './select-models.ts'

/** A column of the table of models. */
export interface ModelColumn {
  id: string
  label: string
  /** Of the grid. */
  width: string
  sort?: SortKey
  isNumber?: boolean
  render(model: Model): ReactNode
}

const price = (id: SortKey, label: string, of: (model: Model) => number | null): ModelColumn => ({
  id,
  label,
  width: label.startsWith('Cache') ? '5.5rem' : '4.75rem',
  sort: id,
  isNumber: true,
  render: (model) => formatPrice(of(model)),
})

/** All columns, in their order. */
export const modelColumns: readonly ModelColumn[] = [
  {
    id: 'name',
    label: 'Model',
    width: 'minmax(14rem,2.2fr)',
    sort: 'name',
    render: ({ provider, model }) => (
      <>
        <span className="text-kumo-subtle">{provider}/</span>
        <span className="font-medium">{model}</span>
      </>
    ),
  },
  price('input', '$ in', (model) => model.input_per_million_usd),
  price('output', '$ out', (model) => model.output_per_million_usd),
  price('cache_read', 'Cache read', (model) => model.cache_read_per_million_usd),
  price('cache_write', 'Cache write', (model) => model.cache_write_per_million_usd),
  {
    id: 'context',
    label: 'Context',
    width: '4.25rem',
    sort: 'context',
    isNumber: true,
    render: ({ context_window: tokens }) => formatWindow(tokens),
  },
  {
    id: 'quality',
    label: 'Quality',
    width: '4rem',
    sort: 'quality',
    isNumber: true,
    render: ({ quality }) => (quality ? <span title={quality.source}>{quality.value.toFixed(1)}</span> : '–'),
  },
  {
    id: 'speed',
    label: 'Speed',
    width: '5.5rem',
    sort: 'speed',
    isNumber: true,
    render: ({ speed }) => <Speed speed={speed} />,
  },
  {
    id: 'capabilities',
    label: 'Can',
    width: 'minmax(7rem,1.4fr)',
    render: ({ capabilities }) => <span className="text-kumo-subtle">{capabilitiesText(capabilities)}</span>,
  },
  {
    id: 'health',
    label: 'Health',
    width: '5.75rem',
    render: ({ health }) => <HealthBadge status={health?.status ?? null} />,
  },
]

/** What a model can do, for people. */
export function capabilitiesText(capabilities: readonly string[]): string {
  return capabilities.join(', ').replaceAll('_', ' ')
}

/** Tokens a second where they are measured, else how it was judged beforehand. */
export function Speed({ speed }: Pick<Model, 'speed'>): ReactElement {
  if (!speed) return <>–</>
  return speed.from === 'measured' ? (
    <>{formatShort(speed.value)} tok/s</>
  ) : (
    <>
      {speed.value} <span className="text-xs text-kumo-subtle">prior</span>
    </>
  )
}
