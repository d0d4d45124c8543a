import { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { respondWithError } from '../errors/respond-with-error.ts'
import type { UsageTotals } from '../logs/usage-store.ts'
import { formatMetrics, providerMetrics, type Labels, type MetricFamily } from '../telemetry/format-metrics.ts'
import { adminDialect } from './admin-dialect.ts'
import { dayOf } from './day-of.ts'
import { readBudgetStates } from './read-budget-states.ts'
import { requireAdmin } from './require-admin.ts'

const about = 'since 00:00 UTC; starts again at 0 each day.'

/**
 * `/metrics` for Prometheus, with the admin key as bearer token: today's totals of all organisations, what providers did,
 * open alerts and budgets.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function metricsRoute(deps: Deps): Hono {
  const app = new Hono()
  app.get('/metrics', async (c) => {
    await requireAdmin(c.req.raw.headers, deps.adminKey)
    const { usage, metrics } = deps.control
    const day = dayOf(deps.now())
    const [totals, byProvider, others] = await Promise.all([
      usage.totals({ orgId: null, ...day }),
      metrics.byProvider(day.from),
      Promise.all([openAlerts(deps), budgetsUsed(deps)]),
    ])
    const families = [...totalMetrics.map((metric) => toFamily(metric, totals)), ...providerMetrics(byProvider, about)]
    return c.body(formatMetrics([...families, ...others]), 200, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
    })
  })
  app.onError((error) =>
    respondWithError(error, { dialect: adminDialect, logId: deps.createId(), report: deps.report }),
  )
  return app
}

interface TotalMetric {
  name: string
  help: string
  series: readonly { labels: Labels; field: keyof UsageTotals }[]
}

const totalMetrics: readonly TotalMetric[] = [
  { name: 'gw_requests_total', help: 'Requests that have ended', series: [{ labels: {}, field: 'requests' }] },
  {
    name: 'gw_unchecked_requests_total',
    help: 'Requests that passed limits that could not be checked',
    series: [{ labels: {}, field: 'unchecked' }],
  },
  {
    name: 'gw_unpriced_requests_total',
    help: 'Requests whose cost nobody knows',
    series: [{ labels: {}, field: 'unpriced' }],
  },
  {
    name: 'gw_tokens_total',
    help: 'Tokens in and out',
    series: [
      { labels: { direction: 'input' }, field: 'input_tokens' },
      { labels: { direction: 'output' }, field: 'output_tokens' },
    ],
  },
  {
    name: 'gw_cost_nano_usd_total',
    help: 'Cost in nano-dollars',
    series: [{ labels: {}, field: 'cost_nano_usd' }],
  },
  {
    name: 'gw_neurons_milli_total',
    help: 'Workers AI neurons in thousandths',
    series: [{ labels: {}, field: 'milli_neurons' }],
  },
]

const toFamily = ({ name, help, series }: TotalMetric, totals: UsageTotals): MetricFamily => ({
  name,
  help: `${help}, ${about}`,
  type: 'counter',
  samples: series.map(({ labels, field }) => ({ labels, value: totals[field] })),
})

/** Of organisations together, and of the operator. */
async function openAlerts({ control }: Deps): Promise<MetricFamily> {
  const open = await control.alerts.incidents.countOpen()
  const owners = [
    ['organisation', false],
    ['operator', true],
  ] as const
  const samples = owners.flatMap(([owner, isOperator]) =>
    (['warning', 'critical'] as const).map((severity) => {
      const found = open.filter((one) => one.severity === severity && (one.orgId === null) === isOperator)
      return { labels: { owner, severity }, value: found.reduce((sum, { incidents }) => sum + incidents, 0) }
    }),
  )
  return { name: 'gw_alerts_open', help: 'Alerts that are open.', type: 'gauge', samples }
}

/** Each organisation's budgets are a ledger of their own to ask. */
const mostOrgs = 25

async function budgetsUsed(deps: Deps): Promise<MetricFamily> {
  const orgs = (await deps.control.orgs.list()).slice(0, mostOrgs)
  const samples = await Promise.all(
    orgs.map(async ({ id }) => {
      const all = await deps.control.budgets.list(id)
      const budgets = all.filter(({ disabledAt, limitNanoUsd }) => disabledAt === null && limitNanoUsd > 0)
      const states = await readBudgetStates(id, budgets, deps)
      return states.flatMap(({ spent_nano_usd }, index) => {
        const budget = budgets[index]
        if (!budget) return []
        return [{ labels: { org_id: id, budget_id: budget.id }, value: spent_nano_usd / budget.limitNanoUsd }]
      })
    }),
  )
  const help = `Share of a budget that is spent in its period, of the first ${mostOrgs} organisations.`
  return { name: 'gw_budget_used_ratio', help, type: 'gauge', samples: samples.flat() }
}
