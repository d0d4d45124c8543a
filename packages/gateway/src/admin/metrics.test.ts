import { expect, test } from 'vitest'
import { recordOf } from '../analytics/record-of.ts'
import { createMemoryMetricsStore } from '../telemetry/create-memory-metrics-store.ts'
import { formatMetrics } from '../telemetry/format-metrics.ts'
import { now, startAdmin } from './__fixtures__/start-admin.ts'

test('metrics tell what providers did, in buckets that add up, and how budgets stand', async () => {
  const rows = [
    recordOf('a', now, { duration_ms: 40, cost_nano_usd: 5, usage: { input: 3, output: 4 } }),
    recordOf('b', now, { duration_ms: 130_000, cost_nano_usd: 0, usage: {}, error_type: 'timeout' }),
  ]
  const { get, post } = await startAdmin({ control: { metrics: createMemoryMetricsStore(() => rows) } })
  await post('budgets', { name: 'Team', scope: 'org', period: 'day', limit_usd: 1 })
  const { text } = await get('/metrics')
  const lines = text.split('\n')
  for (const line of [
    '# TYPE gw_provider_requests_total counter',
    'gw_provider_requests_total{provider="openai",error_type="none"} 1',
    'gw_provider_requests_total{provider="openai",error_type="timeout"} 1',
    'gw_provider_cost_nano_usd_total{provider="openai"} 5',
    'gw_provider_tokens_total{provider="openai",direction="input"} 3',
    'gw_provider_tokens_total{provider="openai",direction="output"} 4',
    '# TYPE gw_request_duration_seconds histogram',
    'gw_request_duration_seconds_bucket{provider="openai",le="0.05"} 1',
    'gw_request_duration_seconds_bucket{provider="openai",le="120"} 1',
    'gw_request_duration_seconds_bucket{provider="openai",le="+Inf"} 2',
    'gw_request_duration_seconds_sum{provider="openai"} 130.04',
    'gw_request_duration_seconds_count{provider="openai"} 2',
    '# TYPE gw_budget_used_ratio gauge',
  ]) {
    expect(lines).toContain(line)
  }
  expect(text).toMatch(/^gw_budget_used_ratio\{org_id="default",budget_id="[^"]+"\} 0$/m)
  const names = lines.filter((line) => line.startsWith('# TYPE')).map((line) => line.split(' ')[2])
  expect(new Set(names).size).toBe(names.length)
})

test('more providers than thirty are one, and labels are escaped', async () => {
  const rows = Array.from({ length: 40 }, (_, index) => recordOf(`r${index}`, now, { provider: `p${index}` }))
  const { get } = await startAdmin({ control: { metrics: createMemoryMetricsStore(() => rows) } })
  const { text } = await get('/metrics')
  const series = text.split('\n').filter((line) => line.startsWith('gw_provider_requests_total'))
  expect(series).toHaveLength(31)
  expect(series).toContain('gw_provider_requests_total{provider="other",error_type="none"} 10')

  const family = { name: 'x', help: 'X.', type: 'gauge' as const }
  expect(
    formatMetrics([
      { ...family, samples: [{ labels: { a: 'b"c\\d\ne' }, value: 1 }] },
      { ...family, samples: [] },
    ]),
  ).toBe('# HELP x X.\n# TYPE x gauge\nx{a="b\\"c\\\\d\\ne"} 1\n')
})
