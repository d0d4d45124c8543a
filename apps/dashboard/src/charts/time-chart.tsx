import { lazy, Suspense, type ReactElement } from 'react'
import { Skeleton } from '../ui/skeleton.tsx'
import type { ChartData } from './chart-data.ts'

const Canvas = lazy(async () => ({ default: (await import('./time-chart-canvas.tsx')).TimeChartCanvas }))

export interface TimeChartProps {
  /** `undefined` while it is not known yet. */
  data: ChartData | undefined
  /** For screen readers: what is shown. */
  label: string
  height: number
  onSelect?: ((bucket: number, seriesId: string) => void) | undefined
}

/** A chart over time; the code that draws it is loaded when the first one is shown. */
export function TimeChart(props: TimeChartProps): ReactElement {
  const { data, height } = props
  const placeholder = <Skeleton className="size-full opacity-60" />
  return (
    <div style={{ height }} className="w-full">
      {data ? (
        <Suspense fallback={placeholder}>
          <Canvas {...props} data={data} />
        </Suspense>
      ) : (
        placeholder
      )}
    </div>
  )
}
