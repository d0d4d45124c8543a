import { durationBounds } from '../analytics/histogram-bounds.ts'
import type { ProviderUsage } from './metrics-store.ts'

export type Labels = Readonly<Record<string, string>>

/** One metric in Prometheus's text format. */
export interface MetricFamily {
  name: string
  help: string
  type: 'counter' | 'gauge' | 'histogram'
  /** `suffix` is of a histogram: `_bucket`, `_sum`, `_count`. */
  samples: readonly { suffix?: string; labels: Labels; value: number }[]
}

/** @see https://prometheus.io/docs/instrumenting/exposition_formats/ */
export function formatMetrics(families: readonly MetricFamily[]): string {
  return families
    .filter(({ samples }) => samples.length > 0)
    .map(({ name, help, type, samples }) => {
      const lines = samples.map(({ suffix = '', labels, value }) => `${name}${suffix}${formatLabels(labels)} ${value}`)
      return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n')
    })
    .join('')
}

function formatLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escape(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

const escape = (value: string): string =>
  value
    .replaceAll('\\', '\\\\')
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`)

/** More providers than these are one, `other`. */
const mostProviders = 30

/** Counters by provider, and how long requests took. */
export function providerMetrics(usage: readonly ProviderUsage[], about: string): MetricFamily[] {
  const rows = bound(usage.filter(({ provider }) => provider !== ''))
  const providers = groupBy(rows)
  const counter = (name: string, help: string, samples: MetricFamily['samples']): MetricFamily => ({
    name,
    help: `${help}, ${about}`,
    type: 'counter',
    samples,
  })
  return [
    counter(
      'gw_provider_requests_total',
      'Requests by provider and by how they failed',
      rows.map(({ provider, errorType, requests: value }) => ({
        labels: { provider, error_type: errorType === '' ? 'none' : errorType },
        value,
      })),
    ),
    counter(
      'gw_provider_cost_nano_usd_total',
      'Cost in nano-dollars by provider',
      providers.map(({ provider, costNanoUsd: value }) => ({ labels: { provider }, value })),
    ),
    counter(
      'gw_provider_tokens_total',
      'Tokens in and out by provider',
      providers.flatMap(({ provider, inputTokens, outputTokens }) => [
        { labels: { provider, direction: 'input' }, value: inputTokens },
        { labels: { provider, direction: 'output' }, value: outputTokens },
      ]),
    ),
    {
      name: 'gw_request_duration_seconds',
      help: `How long requests took, ${about}`,
      type: 'histogram',
      samples: providers.flatMap(toHistogram),
    },
  ]
}

function toHistogram({ provider, durationCounts, durationMs, requests }: ProviderUsage): MetricFamily['samples'] {
  return [
    ...durationBounds.map((bound, index) => ({
      suffix: '_bucket',
      labels: { provider, le: String(bound / 1000) },
      value: durationCounts[index] ?? 0,
    })),
    { suffix: '_bucket', labels: { provider, le: '+Inf' }, value: requests },
    { suffix: '_sum', labels: { provider }, value: durationMs / 1000 },
    { suffix: '_count', labels: { provider }, value: requests },
  ]
}

/** The providers with most requests keep their names. */
function bound(usage: readonly ProviderUsage[]): ProviderUsage[] {
  const largest = groupBy(usage).toSorted((a, b) => b.requests - a.requests)
  const named = new Set(largest.slice(0, mostProviders).map(({ provider }) => provider))
  const rows = usage.map((row) => (named.has(row.provider) ? row : { ...row, provider: 'other' }))
  return merge(rows, ({ provider, errorType }) => JSON.stringify([provider, errorType]))
}

const groupBy = (usage: readonly ProviderUsage[]): ProviderUsage[] => merge(usage, ({ provider }) => provider)

function merge(usage: readonly ProviderUsage[], keyOf: (row: ProviderUsage) => string): ProviderUsage[] {
  const merged = new Map<string, ProviderUsage>()
  for (const row of usage) {
    const known = merged.get(keyOf(row))
    merged.set(keyOf(row), known ? add(known, row) : row)
  }
  return [...merged.values()]
}

function add(one: ProviderUsage, other: ProviderUsage): ProviderUsage {
  return {
    provider: one.provider,
    errorType: one.errorType,
    requests: one.requests + other.requests,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    costNanoUsd: one.costNanoUsd + other.costNanoUsd,
    durationMs: one.durationMs + other.durationMs,
    durationCounts: one.durationCounts.map((count, index) => count + (other.durationCounts[index] ?? 0)),
  }
}
