import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts'
import type { GridComponentOption, TooltipComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import type { TimeStyle } from '../format/time.ts'
import type { ChartData, Series } from './chart-data.ts'
import type { Ink } from './read-ink.ts'
import { tooltipElement } from './tooltip-element.ts'

type Option = ComposeOption<BarSeriesOption | LineSeriesOption | GridComponentOption | TooltipComponentOption>

interface ChartOptions {
  data: ChartData
  ink: Ink
  formatTime(at: number, style: TimeStyle): string
}

/** What ECharts draws. */
export function toChartOption({ data, ink, formatTime }: ChartOptions): Option {
  const axisText = { color: ink.text, fontSize: 11 }
  const isManyDays = data.buckets.length > 0 && (data.buckets.at(-1) ?? 0) - (data.buckets[0] ?? 0) > 86_400_000
  return {
    animation: false,
    grid: { left: 4, right: 8, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      trigger: 'axis',
      axisPointer: {
        z: 0,
        type: data.kind === 'bars' ? 'shadow' : 'line',
        shadowStyle: { color: ink.line, opacity: 0.5 },
      },
      className: 'gw-chart-tooltip',
      backgroundColor: 'transparent',
      borderWidth: 0,
      padding: 0,
      confine: true,
      transitionDuration: 0,
      formatter: (points) => {
        const index = (Array.isArray(points) ? points[0] : points)?.dataIndex ?? 0
        return tooltipElement({ data, index, formatTime })
      },
    },
    xAxis: {
      type: 'category',
      data: data.buckets.map((at) =>
        data.bucket === 'day' ? formatTime(at, 'day') : formatTime(at, isManyDays ? 'dayMinute' : 'minute'),
      ),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: ink.line } },
      axisLabel: { ...axisText, hideOverlap: true, margin: 10 },
    },
    yAxis: {
      type: 'value',
      splitNumber: 4,
      splitLine: { lineStyle: { color: ink.line } },
      axisLabel: { ...axisText, formatter: data.format },
      minInterval: data.minStep ?? 0,
    },
    series: data.series.map((series) => (data.kind === 'bars' && !series.isGhost ? barOf(series) : lineOf(series))),
  }
}

function barOf({ id, label, colour, values }: Series): BarSeriesOption {
  return {
    type: 'bar',
    id,
    name: label,
    stack: 'all',
    barMaxWidth: 44,
    barCategoryGap: '25%',
    itemStyle: { color: colour },
    data: [...values],
    cursor: 'pointer',
  }
}

function lineOf({ id, label, colour, values, isGhost = false }: Series): LineSeriesOption {
  return {
    type: 'line',
    id,
    name: label,
    showSymbol: values.filter((value) => value !== null).length < 3,
    symbolSize: 5,
    connectNulls: true,
    silent: isGhost,
    triggerEvent: !isGhost,
    z: isGhost ? 1 : 3,
    lineStyle: { color: colour, width: isGhost ? 1.25 : 2, type: isGhost ? 'dashed' : 'solid' },
    itemStyle: { color: colour },
    data: [...values],
  }
}
