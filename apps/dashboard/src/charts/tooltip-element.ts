import type { TimeStyle } from '../format/time.ts'
import type { ChartData } from './chart-data.ts'

interface TooltipOptions {
  data: ChartData
  index: number
  formatTime(at: number, style: TimeStyle): string
}

/** What a chart says of one bucket. Made of elements, because the page's policy allows no styles in strings. */
export function tooltipElement({ data, index, formatTime }: TooltipOptions): HTMLElement {
  const box = make(
    'div',
    'min-w-44 rounded-lg bg-kumo-base px-3 py-2 text-sm text-kumo-default shadow-lg ring ring-kumo-line',
  )
  const at = data.buckets[index]
  box.append(
    make(
      'p',
      'pb-1 text-kumo-subtle',
      at === undefined ? '' : formatTime(at, data.bucket === 'day' ? 'day' : 'dayMinute'),
    ),
  )
  const rows = data.series.flatMap((series) => {
    const value = series.values[index]
    return value === null || value === undefined ? [] : [{ series, value }]
  })
  const shown = rows.filter(({ value, series }) => value !== 0 || series.isGhost || rows.length < 3)
  for (const { series, value } of shown) {
    const row = make('p', 'flex items-center gap-2 leading-5')
    const dot = make('span', 'size-2 shrink-0 rounded-xs')
    dot.style.background = series.colour
    row.append(dot, make('span', 'flex-1 truncate', series.label), make('span', 'tabular-nums', data.format(value)))
    box.append(row)
  }
  const parts = rows.filter(({ series }) => !series.isGhost)
  if (data.kind === 'bars' && parts.length > 1) {
    const row = make('p', 'mt-1 flex gap-2 border-t border-kumo-hairline pt-1 font-medium')
    const sum = parts.reduce((total, { value }) => total + value, 0)
    row.append(make('span', 'flex-1', 'Total'), make('span', 'tabular-nums', data.format(sum)))
    box.append(row)
  }
  return box
}

function make(tag: string, className: string, text = ''): HTMLElement {
  const element = document.createElement(tag)
  element.className = className
  element.textContent = text
  return element
}
