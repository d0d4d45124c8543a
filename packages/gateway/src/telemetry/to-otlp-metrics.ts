import type { LogRecord } from '../logs/log-record.ts'
import { resource, scope, toAttributes, toNano, type AttributeValues } from './otlp.ts'
import { operationOf, providerAttribute, type Semconv } from './semconv.ts'
import { tokensOf } from './tokens-of.ts'

/** `AGGREGATION_TEMPORALITY_DELTA`: each message counts what is in it, and nothing else. */
const delta = 1

const durationBounds = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92]
const tokenBounds = [
  1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864,
]
const firstTokenBounds = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

interface Measured {
  attributes: AttributeValues
  value: number
}

interface Histogram {
  name: string
  description: string
  unit: string
  bounds: readonly number[]
  measure(record: LogRecord, common: AttributeValues): Measured[]
}

/** @see https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/gen-ai/gen-ai-metrics.md */
const histograms: readonly Histogram[] = [
  {
    name: 'gen_ai.client.operation.duration',
    description: 'GenAI operation duration.',
    unit: 's',
    bounds: durationBounds,
    measure: ({ success, error_type, ending, duration_ms }, common) => [
      {
        attributes: { ...common, 'error.type': success ? null : (error_type ?? ending) },
        value: duration_ms / 1000,
      },
    ],
  },
  {
    name: 'gen_ai.client.token.usage',
    description: 'Number of input and output tokens used.',
    unit: '{token}',
    bounds: tokenBounds,
    measure: ({ usage, usage_source }, common) => {
      if (usage_source === 'cached') return []
      const { input, output } = tokensOf(usage)
      const of = (type: string, value: number | undefined): Measured[] =>
        value === undefined ? [] : [{ attributes: { ...common, 'gen_ai.token.type': type }, value }]
      return [...of('input', input), ...of('output', output)]
    },
  },
  {
    name: 'gen_ai.server.time_to_first_token',
    description: 'Time to generate first token for successful responses.',
    unit: 's',
    bounds: firstTokenBounds,
    measure: ({ success, ttft_ms: ttft }, common) =>
      success && ttft !== null ? [{ attributes: common, value: ttft / 1000 }] : [],
  },
]

/** What requests took and used, as histograms that are to be added up. Rows without a provider went nowhere. */
export function toOtlpMetrics(records: readonly LogRecord[], semconv: Semconv) {
  const called = records.filter(({ provider }) => provider !== null)
  const startTimeUnixNano = toNano(Math.min(...called.map(({ created_at }) => created_at)))
  const timeUnixNano = toNano(Math.max(...called.map(({ created_at, duration_ms }) => created_at + duration_ms)))
  const metrics = histograms.flatMap(({ name, description, unit, bounds, measure }) => {
    const measured = called.flatMap((record) => measure(record, commonOf(record, semconv)))
    const points = toPoints(measured, bounds).map((point) => ({ ...point, startTimeUnixNano, timeUnixNano }))
    if (points.length === 0) return []
    return [{ name, description, unit, histogram: { aggregationTemporality: delta, dataPoints: points } }]
  })
  return { resourceMetrics: [{ resource, scopeMetrics: [{ scope, metrics }] }] }
}

function commonOf(record: LogRecord, semconv: Semconv): AttributeValues {
  return {
    'gen_ai.operation.name': operationOf(record),
    ...providerAttribute(record.provider, semconv),
    'gen_ai.request.model': record.requested_model ?? record.model,
    'gen_ai.response.model': record.model,
    'gw.gateway_id': record.gateway_id,
  }
}

function toPoints(measured: readonly Measured[], bounds: readonly number[]) {
  const groups = new Map<string, { attributes: AttributeValues; values: number[] }>()
  for (const { attributes, value } of measured) {
    const key = JSON.stringify(attributes)
    const group = groups.get(key) ?? { attributes, values: [] }
    groups.set(key, { attributes, values: [...group.values, value] })
  }
  return [...groups.values()].map(({ attributes, values }) => ({
    attributes: toAttributes(attributes),
    count: String(values.length),
    sum: values.reduce((total, value) => total + value, 0),
    min: Math.min(...values),
    max: Math.max(...values),
    explicitBounds: bounds,
    bucketCounts: countsOf(values, bounds).map(String),
  }))
}

/** A bucket holds what is up to its bound, the bound included; the last one holds the rest. */
function countsOf(values: readonly number[], bounds: readonly number[]): number[] {
  const counts = Array.from({ length: bounds.length + 1 }, () => 0)
  for (const value of values) {
    const found = bounds.findIndex((bound) => value <= bound)
    const index = found === -1 ? bounds.length : found
    counts[index] = (counts[index] ?? 0) + 1
  }
  return counts
}
