import type { ReactElement } from 'react'
import type { Model } from '../../models/all-models-query.ts'
import { HealthBadge } from '../../models/health-badge.tsx'
import { formatPrice, formatWindow } from './format-price.ts'

/** A model on a narrow screen. */
export function ModelCard({ model }: { model: Model }): ReactElement {
  const { provider, model: name, health, context_window: context } = model
  return (
    <span role="gridcell" className="min-w-0">
      <span className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
        {health && <HealthBadge status={health.status} />}
      </span>
      <span className="flex gap-3 text-kumo-subtle tabular-nums">
        <span className="min-w-0 flex-1 truncate">{provider}</span>
        <span>
          {formatPrice(model.input_per_million_usd)} / {formatPrice(model.output_per_million_usd)}
        </span>
        <span>{formatWindow(context)}</span>
      </span>
    </span>
  )
}
