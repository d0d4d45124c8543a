import { expect, test } from 'vitest'
import { recordOf } from '../analytics/record-of.ts'
import type { AttemptRecord, LogRecord } from '../logs/log-record.ts'
import { operationOf, providerAttribute } from './semconv.ts'
import { spanIdOf, traceIdOf } from './span-ids.ts'
import { toOtlpMetrics } from './to-otlp-metrics.ts'
import { toOtlpTraces } from './to-otlp-traces.ts'

/** 2026-11-18 11:06:40 UTC. */
const at = 1_795_000_000_000
const id = '01a1ee56-5e00-725a-ac0d-cfefcd773995'

const attempt: AttemptRecord = {
  attempt: 1,
  step: 0,
  provider: 'grok',
  model: 'grok-4',
  status_code: 503,
  error_type: 'upstream_error',
  error_code: 'overloaded',
  key_source: 'org',
  provider_key_id: null,
  usage: {},
  usage_source: 'free_failed',
  cost_nano_usd: 0,
  started_at: at + 10,
  duration_ms: 90,
}

const record: LogRecord = recordOf('x', at, {
  id,
  event_id: 'e1',
  user_id: 'ann',
  requested_model: 'auto/cheapest',
  provider: 'google-ai-studio',
  model: 'gemini-3-flash',
  stream: true,
  duration_ms: 1500,
  ttft_ms: 250,
  usage: { input: 10, cache_read: 30, cache_write_5m: 2, output: 5, reasoning: 7 },
  cost_nano_usd: 62_500_000,
  key_source: 'org',
  cache_status: 'MISS',
  metadata: { team: 'a', paid: true, seats: 3, 'gen_ai.system': 'no' },
  attempts: [
    attempt,
    {
      ...attempt,
      attempt: 2,
      provider: 'google-ai-studio',
      model: 'gemini-3-flash',
      status_code: 200,
      error_type: null,
      error_code: null,
      started_at: at + 110,
      duration_ms: 1390,
    },
  ],
})

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } })
const int = (key: string, intValue: string) => ({ key, value: { intValue } })

test('a request is a span with what it used, and each attempt one within it', () => {
  expect(toOtlpTraces([record], 'latest')).toEqual({
    resourceSpans: [
      {
        resource: { attributes: [text('service.name', 'gw')] },
        scopeSpans: [
          {
            scope: { name: '@gw/gateway' },
            spans: [
              {
                traceId: '01a1ee565e00725aac0dcfefcd773995',
                spanId: 'ac0dcfefcd773995',
                name: 'chat auto/cheapest',
                kind: 2,
                startTimeUnixNano: '1795000000000000000',
                endTimeUnixNano: '1795000001500000000',
                attributes: [
                  text('gen_ai.operation.name', 'chat'),
                  text('gen_ai.provider.name', 'gcp.gemini'),
                  text('gen_ai.request.model', 'auto/cheapest'),
                  text('gen_ai.response.model', 'gemini-3-flash'),
                  int('gen_ai.usage.input_tokens', '42'),
                  int('gen_ai.usage.output_tokens', '12'),
                  { key: 'gen_ai.request.stream', value: { boolValue: true } },
                  { key: 'gen_ai.response.time_to_first_chunk', value: { doubleValue: 0.25 } },
                  int('gen_ai.usage.cache_read.input_tokens', '30'),
                  int('gen_ai.usage.cache_creation.input_tokens', '2'),
                  int('gen_ai.usage.reasoning.output_tokens', '7'),
                  { key: 'gen_ai.usage.cost', value: { doubleValue: 0.0625 } },
                  int('http.response.status_code', '200'),
                  text('gw.log_id', id),
                  text('gw.event_id', 'e1'),
                  text('gw.org_id', 'acme'),
                  text('gw.gateway_id', 'default'),
                  text('gw.gateway_key_id', 'k'),
                  text('gw.user_id', 'ann'),
                  text('gw.ending', 'complete'),
                  text('gw.cache_status', 'MISS'),
                  text('gw.key_source', 'org'),
                  int('gw.attempts', '2'),
                  text('team', 'a'),
                  { key: 'paid', value: { boolValue: true } },
                  int('seats', '3'),
                ],
              },
              {
                traceId: '01a1ee565e00725aac0dcfefcd773995',
                spanId: 'ac0dcfefcd773996',
                parentSpanId: 'ac0dcfefcd773995',
                name: 'chat grok-4',
                kind: 3,
                startTimeUnixNano: '1795000000010000000',
                endTimeUnixNano: '1795000000100000000',
                attributes: [
                  text('gen_ai.operation.name', 'chat'),
                  text('gen_ai.provider.name', 'x_ai'),
                  text('gen_ai.request.model', 'grok-4'),
                  text('error.type', 'upstream_error'),
                  int('http.response.status_code', '503'),
                  int('gw.attempt', '1'),
                  int('gw.step', '0'),
                  text('gw.error_code', 'overloaded'),
                  text('gw.key_source', 'org'),
                ],
                status: { code: 2, message: 'upstream_error' },
              },
              {
                traceId: '01a1ee565e00725aac0dcfefcd773995',
                spanId: 'ac0dcfefcd773997',
                parentSpanId: 'ac0dcfefcd773995',
                name: 'chat gemini-3-flash',
                kind: 3,
                startTimeUnixNano: '1795000000110000000',
                endTimeUnixNano: '1795000001500000000',
                attributes: [
                  text('gen_ai.operation.name', 'chat'),
                  text('gen_ai.provider.name', 'gcp.gemini'),
                  text('gen_ai.request.model', 'gemini-3-flash'),
                  int('http.response.status_code', '200'),
                  int('gw.attempt', '2'),
                  int('gw.step', '0'),
                  text('gw.key_source', 'org'),
                ],
              },
            ],
          },
        ],
      },
    ],
  })
})

test('a caller’s trace goes on, and a failure is one', () => {
  const trace = { trace_id: '0AF7651916CD43DD8448EB211C80319C', parent_span_id: 'B7AD6B7169203331' }
  const failed = { ...record, trace, success: false, error_type: 'timeout', attempts: [attempt] } as const
  const [root, child] =
    toOtlpTraces([{ ...failed, attempts: [...failed.attempts] }], 'latest').resourceSpans[0]?.scopeSpans[0]?.spans ?? []
  expect(root).toMatchObject({
    traceId: '0af7651916cd43dd8448eb211c80319c',
    parentSpanId: 'b7ad6b7169203331',
    status: { code: 2, message: 'timeout' },
  })
  expect(root?.attributes).toContainEqual(text('error.type', 'timeout'))
  expect(child).toMatchObject({ traceId: '0af7651916cd43dd8448eb211c80319c', parentSpanId: 'ac0dcfefcd773995' })
})

test('the names of v1.36 are there for backends that read them', () => {
  const [root] = toOtlpTraces([record], '1.36').resourceSpans[0]?.scopeSpans[0]?.spans ?? []
  const keys = root?.attributes.map(({ key }) => key) ?? []
  expect(root?.attributes).toContainEqual(text('gen_ai.system', 'gcp.gemini'))
  expect(keys).not.toContain('gen_ai.provider.name')
  expect(keys).not.toContain('gen_ai.request.stream')
  expect(keys).toContain('gen_ai.usage.input_tokens')
})

test('metrics are histograms of what is in the message, by what it was', () => {
  const quick = { ...record, duration_ms: 10, ttft_ms: null, usage: { input: 1 } }
  const nowhere = { ...record, provider: null }
  const { resourceMetrics } = toOtlpMetrics([record, quick, nowhere], 'latest')
  const common = [
    text('gen_ai.operation.name', 'chat'),
    text('gen_ai.provider.name', 'gcp.gemini'),
    text('gen_ai.request.model', 'auto/cheapest'),
    text('gen_ai.response.model', 'gemini-3-flash'),
    text('gw.gateway_id', 'default'),
  ]
  const time = { startTimeUnixNano: '1795000000000000000', timeUnixNano: '1795000001500000000' }
  const [duration, tokens, ttft, ...others] = resourceMetrics[0]?.scopeMetrics[0]?.metrics ?? []
  expect(others).toEqual([])
  expect(duration).toEqual({
    name: 'gen_ai.client.operation.duration',
    description: 'GenAI operation duration.',
    unit: 's',
    histogram: {
      aggregationTemporality: 1,
      dataPoints: [
        {
          attributes: common,
          count: '2',
          sum: 1.51,
          min: 0.01,
          max: 1.5,
          explicitBounds: [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
          bucketCounts: ['1', '0', '0', '0', '0', '0', '0', '0', '1', '0', '0', '0', '0', '0', '0'],
          ...time,
        },
      ],
    },
  })
  expect(tokens?.name).toBe('gen_ai.client.token.usage')
  expect(tokens?.histogram.dataPoints).toMatchObject([
    { attributes: [...common, text('gen_ai.token.type', 'input')], count: '2', sum: 43, min: 1, max: 42 },
    { attributes: [...common, text('gen_ai.token.type', 'output')], count: '1', sum: 12 },
  ])
  expect(ttft).toMatchObject({
    name: 'gen_ai.server.time_to_first_token',
    histogram: { dataPoints: [{ count: '1', sum: 0.25 }] },
  })
  expect(ttft?.histogram.dataPoints[0]?.bucketCounts.indexOf('1')).toBe(8)
})

test.each([
  [{ surface: 'embeddings', path: '/v1/embeddings' }, 'embeddings'],
  [{ surface: 'generate-content', path: '/v1beta/models/x:generateContent' }, 'generate_content'],
  [{ surface: 'native', path: '/v1/acc/g/openai/chat/completions' }, 'chat'],
  [{ surface: 'native', path: '/v1/acc/g/openai/embeddings' }, 'embeddings'],
  [{ surface: 'images-generations', path: '/v1/images/generations' }, 'images_generations'],
])('the operation of %j is %s', (row, operation) => {
  expect(operationOf(row)).toBe(operation)
})

test('providers have the conventions’ words, and their own where there is none', () => {
  expect(providerAttribute('aws-bedrock', 'latest')).toEqual({ 'gen_ai.provider.name': 'aws.bedrock' })
  expect(providerAttribute('cerebras', 'latest')).toEqual({ 'gen_ai.provider.name': 'cerebras' })
  expect(providerAttribute('azure-openai', '1.36')).toEqual({ 'gen_ai.system': 'az.ai.openai' })
  expect(providerAttribute(null, 'latest')).toEqual({ 'gen_ai.provider.name': null })
})

test('ids are as long as they must be, whatever the row is called', () => {
  expect(traceIdOf({ id: 'row' })).toBe('00000000000000000000000000000001')
  expect(spanIdOf({ id: 'row' }, 0)).toBe('0000000000000001')
  expect(spanIdOf({ id: 'f'.repeat(32) }, 1)).toBe('0000000000000001')
  expect(spanIdOf({ id: 'f'.repeat(32) }, 2)).toBe('0000000000000001')
})
