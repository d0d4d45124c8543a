import { ArrowRightIcon } from '@phosphor-icons/react'
import type { ReactElement } from 'react'
import { endingOf, type Walk } from './walk.ts'

/** Where a request would go, in words. */
export function WalkView({ walk }: { walk: Walk }): ReactElement {
  const { path, version, tried, limits } = walk
  return (
    <div
      className="flex flex-col gap-2 rounded-lg bg-kumo-recessed p-3 ring ring-kumo-hairline"
      role="status"
      aria-label="Result of the test"
    >
      <p className="font-medium">{endingOf(walk)}</p>
      <p className="flex flex-wrap items-center gap-1.5 text-sm">
        {path.map((id, index) => (
          <span key={`${index} ${id}`} className="flex items-center gap-1.5">
            {index > 0 && <ArrowRightIcon className="size-3 text-kumo-subtle" aria-hidden />}
            <span className="rounded bg-kumo-base px-1.5 py-0.5 ring ring-kumo-hairline">{id}</span>
          </span>
        ))}
      </p>
      {limits.map(({ element, key_value: key }) => (
        <p key={element} className="text-sm break-words text-kumo-subtle">
          {element} counts for {key}
        </p>
      ))}
      <p className="text-sm text-kumo-subtle">
        Version {version}; {tried.length === 1 ? 'one model' : `${tried.length} models`} on the way. Nobody was called.
      </p>
    </div>
  )
}
