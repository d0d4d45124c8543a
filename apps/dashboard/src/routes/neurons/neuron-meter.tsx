import { cn } from '@cloudflare/kumo/utils'
import type { ReactElement } from 'react'
import type { Answer } from '../../api/admin-api.ts'
import { formatCount } from '../../format/number.ts'
import { useFormatTime } from '../../preferences/time-zone.ts'
import { Card } from '../../ui/card.tsx'

/** Today's allowance: used, held for calls that are under way, and left. */
export function NeuronMeter({ neurons }: { neurons: Answer<'GET /neurons'> }): ReactElement {
  const { used, reserved, left, limit, resets_at, warning } = neurons
  const formatTime = useFormatTime()
  const anew = <span className="text-kumo-subtle">anew at {formatTime(resets_at, 'dayMinute')}</span>
  if (used === null || reserved === null || left === null) {
    return (
      <Card title="Today" actions={anew}>
        <p className="text-kumo-subtle">{warning}</p>
      </Card>
    )
  }
  const share = (amount: number): string => `${limit === 0 ? 0 : Math.min((amount / limit) * 100, 100)}%`
  const isOut = left <= 0
  return (
    <Card title="Today" actions={anew}>
      <p className="text-2xl font-semibold tabular-nums">
        {formatCount(left)} <span className="text-base font-normal text-kumo-subtle">of {formatCount(limit)} left</span>
      </p>
      <div
        role="meter"
        aria-label="Neurons used today"
        aria-valuemin={0}
        aria-valuemax={limit}
        aria-valuenow={Math.round(used + reserved)}
        className="mt-3 flex h-3 overflow-hidden rounded-full bg-kumo-fill"
      >
        <span className={cn('h-full', isOut ? 'bg-kumo-danger' : 'bg-kumo-brand')} style={{ width: share(used) }} />
        <span className="h-full bg-kumo-warning" style={{ width: share(reserved) }} />
      </div>
      <p className="mt-2 text-sm text-kumo-subtle">
        {formatCount(used)} used, {formatCount(reserved)} held for calls that are under way.{' '}
        {isOut && 'Past the limit, calls cost what Workers AI charges, or are refused, as each gateway is set.'}
      </p>
    </Card>
  )
}
