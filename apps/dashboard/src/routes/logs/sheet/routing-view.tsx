import { ArrowRightIcon } from '@phosphor-icons/react'
import type { ReactElement } from 'react'
import type { LogRow } from '../../../api/wire.ts'
import { formatCount } from '../../../format/number.ts'
import { Facts, type Fact } from './facts.tsx'

type Routing = NonNullable<LogRow['routing']>

/** How the target was chosen: strategy, reason, route and fallbacks. */
export function RoutingView({ routing }: { routing: Routing }): ReactElement {
  const { reason, route, fallbacks = [] } = routing
  return (
    <div className="flex flex-col gap-3">
      {reason !== undefined && <p className="rounded-lg bg-kumo-recessed px-3 py-2">{reason}</p>}
      <Facts facts={factsOf(routing)} />
      {route && (
        <p className="flex flex-wrap items-center gap-1.5 text-sm">
          <span className="text-kumo-subtle">Passed</span>
          {route.path.map((element, index) => (
            <span key={`${index} ${element}`} className="flex items-center gap-1.5">
              {index > 0 && <ArrowRightIcon className="size-3 text-kumo-subtle" aria-hidden />}
              <span className="rounded bg-kumo-tint px-1.5 py-0.5">{element}</span>
            </span>
          ))}
        </p>
      )}
      {fallbacks.map(({ from, to, error_type: type }) => (
        <p key={`${from} ${to} ${type}`} className="flex flex-wrap items-center gap-1.5 text-sm">
          <span>{from}</span>
          <span className="text-kumo-danger">{type}</span>
          <ArrowRightIcon className="size-3 text-kumo-subtle" aria-label="then" />
          <span>{to}</span>
        </p>
      ))}
    </div>
  )
}

function factsOf({
  strategy,
  candidates,
  needs = [],
  input_tokens: input,
  output_tokens: output,
  route,
}: Routing): Fact[] {
  return [
    ...(strategy === undefined ? [] : [{ label: 'Strategy', value: strategy }]),
    ...(candidates === undefined ? [] : [{ label: 'Candidates', value: formatCount(candidates) }]),
    ...(needs.length === 0 ? [] : [{ label: 'Needed', value: needs.join(', ') }]),
    ...(input === undefined ? [] : [{ label: 'Estimated input', value: `${formatCount(input)} tokens` }]),
    ...(output === undefined ? [] : [{ label: 'Estimated output', value: `${formatCount(output)} tokens` }]),
    ...(route ? [{ label: 'Route', value: route.name }] : []),
  ]
}
