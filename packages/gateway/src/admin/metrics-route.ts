import { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { respondWithError } from '../errors/respond-with-error.ts'
import type { UsageTotals } from '../logs/usage-store.ts'
import { adminDialect } from './admin-dialect.ts'
import { dayOf } from './day-of.ts'
import { requireAdmin } from './require-admin.ts'

/**
 * `/metrics` for Prometheus, with the admin key as bearer token: today's totals of all organisations.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function metricsRoute(deps: Deps): Hono {
  const app = new Hono()
  app.get('/metrics', async (c) => {
    await requireAdmin(c.req.raw.headers, deps.adminKey)
    const totals = await deps.control.usage.totals({ orgId: null, ...dayOf(deps.now()) })
    return c.body(metrics.map((metric) => format(metric, totals)).join(''), 200, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
    })
  })
  app.onError((error) =>
    respondWithError(error, { dialect: adminDialect, logId: deps.createId(), report: deps.report }),
  )
  return app
}

interface Metric {
  name: string
  help: string
  /** Labels, and the total that each has. */
  series: Readonly<Record<string, keyof UsageTotals>>
}

const metrics: readonly Metric[] = [
  { name: 'gw_requests_total', help: 'Requests that have ended', series: { '': 'requests' } },
  {
    name: 'gw_unchecked_requests_total',
    help: 'Requests that passed limits that could not be checked',
    series: { '': 'unchecked' },
  },
  { name: 'gw_unpriced_requests_total', help: 'Requests whose cost nobody knows', series: { '': 'unpriced' } },
  {
    name: 'gw_tokens_total',
    help: 'Tokens in and out',
    series: { '{direction="input"}': 'input_tokens', '{direction="output"}': 'output_tokens' },
  },
  { name: 'gw_cost_nano_usd_total', help: 'Cost in nano-dollars', series: { '': 'cost_nano_usd' } },
  {
    name: 'gw_neurons_milli_total',
    help: 'Workers AI neurons in thousandths',
    series: { '': 'milli_neurons' },
  },
]

function format({ name, help, series }: Metric, totals: UsageTotals): string {
  const lines = Object.entries(series).map(([labels, field]) => `${name}${labels} ${totals[field]}`)
  const about = [`# HELP ${name} ${help}, since 00:00 UTC; starts again at 0 each day.`, `# TYPE ${name} counter`]
  return [...about, ...lines, ''].join('\n')
}
