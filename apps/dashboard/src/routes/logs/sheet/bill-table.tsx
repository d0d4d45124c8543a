import type { ReactElement } from 'react'
import type { LogRow } from '../../../api/wire.ts'
import { formatMoney } from '../../../format/money.ts'
import { formatCount } from '../../../format/number.ts'

const sources: Readonly<Record<string, string>> = {
  reported: 'as the provider reported it',
  estimated: 'estimated: the provider reported nothing',
  cached: 'from the cache, so nothing was paid',
  free_failed: 'failed, so nothing was paid',
}

/** The bill line by line: quantity × unit price = amount. */
export function BillTable({ row }: { row: LogRow }): ReactElement {
  return (
    <div className="overflow-x-auto rounded-lg ring ring-kumo-hairline">
      <table className="w-full border-collapse text-left text-sm" aria-label="Bill">
        <thead>
          <tr className="border-b border-kumo-hairline text-kumo-subtle">
            <th scope="col" className="h-8 px-3 font-normal">
              What
            </th>
            <th scope="col" className="px-3 text-right font-normal">
              Quantity
            </th>
            <th scope="col" className="px-3 text-right font-normal">
              Unit price
            </th>
            <th scope="col" className="px-3 text-right font-normal">
              Amount
            </th>
          </tr>
        </thead>
        <tbody>
          {row.bill.map((line) => (
            <tr key={`${line.class} ${line.unit}`} className="border-b border-kumo-hairline">
              <td className="h-8 px-3">{line.class.replaceAll('_', ' ')}</td>
              <td className="px-3 text-right">
                {formatCount(line.quantity)} {line.unit}
              </td>
              <td className="px-3 text-right whitespace-nowrap">
                × {formatMoney(line.unit_price_nano_usd)}
                {line.unit_price_per !== 1 && (
                  <span className="text-kumo-subtle"> / {formatPer(line.unit_price_per)}</span>
                )}
              </td>
              <td className="px-3 text-right whitespace-nowrap">= {formatMoney(line.nano_usd)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row" colSpan={3} className="h-9 px-3 font-normal text-kumo-subtle">
              {sources[row.usage_source]}
              {row.repriced_at !== null && `; repriced, was ${formatMoney(row.previous_cost_nano_usd)}`}
            </th>
            <td className="px-3 text-right font-medium whitespace-nowrap">{formatMoney(row.cost_nano_usd)}</td>
          </tr>
        </tbody>
      </table>
    </div>
  )
}

function formatPer(count: number): string {
  if (count === 1_000_000) return '1M'
  return count === 1000 ? '1K' : formatCount(count)
}
