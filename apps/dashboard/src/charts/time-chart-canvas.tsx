import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use as register, type EChartsType } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useEffectEvent, useRef, type ReactElement } from 'react'
import { useFormatTime } from '../preferences/time-zone.ts'
import { toChartOption } from './to-chart-option.ts'
import { readInk } from './read-ink.ts'
import { useShownMode } from './use-shown-mode.ts'
import type { ChartData } from './chart-data.ts'
import type { TimeChartProps } from './time-chart.tsx'

register([BarChart, LineChart, GridComponent, TooltipComponent, CanvasRenderer])

/** Draws a chart over time. */
export function TimeChartCanvas({ data, label, onSelect }: TimeChartProps & { data: ChartData }): ReactElement {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(null)
  const formatTime = useFormatTime()
  const mode = useShownMode()
  const select = useEffectEvent((index: number, id: string) => {
    const bucket = data.buckets[index]
    if (bucket !== undefined) onSelect?.(bucket, id)
  })
  const draw = useEffectEvent(() => {
    if (!place.current) return
    chart.current?.setOption(toChartOption({ data, ink: readInk(place.current), formatTime }), { notMerge: true })
  })
  useEffect(() => {
    const element = place.current
    if (!element) return undefined
    const made = init(element)
    chart.current = made
    made.on('click', ({ dataIndex, seriesId = '' }) => select(dataIndex, seriesId))
    const observer = new ResizeObserver(() => made.resize())
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.dispose()
    }
  }, [])
  useEffect(() => draw(), [data, mode, formatTime])
  return <div ref={place} role="img" aria-label={label} className="size-full" />
}
