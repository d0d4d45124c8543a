import { idBoundOf } from '../analytics/id-bound-of.ts'
import type { AttemptRecord, BillLine, LogRecord } from '../logs/log-record.ts'
import { createRandom, type Random } from './create-random.ts'
import { listMoments, type Moments } from './list-moments.ts'
import {
  trafficErrors,
  type TrafficCaller,
  type TrafficIncident,
  type TrafficModel,
  type TrafficShape,
} from './traffic-shape.ts'

export interface Traffic extends Moments {
  seed: number
  shape: TrafficShape
}

/** Rows of made-up traffic, oldest first; the same for the same arguments. */
export function* generateRecords({ seed, shape, ...period }: Traffic): Generator<LogRecord> {
  const random = createRandom(seed)
  let number = 0
  for (const at of listMoments(period, createRandom(seed + 1))) {
    const caller = random.pick(shape.callers)
    const model = random.pick(caller.models)
    const share = (at - period.from) / (period.to - period.from)
    const failed = failureShare(shape.incidents, { caller, model, share })
    yield recordOf({ id: idOf(at, number, random), at, caller, model, failed, random })
    number += 1
  }
}

interface Call {
  id: string
  at: number
  caller: TrafficCaller
  model: TrafficModel
  /** How likely it fails. */
  failed: number
  random: Random
}

function failureShare(
  incidents: readonly TrafficIncident[],
  { caller, model, share }: { caller: TrafficCaller; model: TrafficModel; share: number },
): number {
  const incident = incidents.find(
    ({ provider, from, to }) => provider === model.provider && share >= from && share < to,
  )
  return incident?.failed ?? caller.failed
}

/** The number keeps ids of one millisecond apart, and in order. */
function idOf(at: number, number: number, random: Random): string {
  const hex = (value: number, length: number): string => value.toString(16).padStart(length, '0')
  const tail = hex(Math.floor(random.next() * 0x1_0000_0000), 8)
  return `${idBoundOf(at)}-7${hex((number >>> 20) & 0xfff, 3)}-8${hex((number >>> 8) & 0xfff, 3)}-${hex(number & 0xff, 2)}00${tail}`
}

/** What happens first decides: an answer from the cache, a failure, or an answer of the provider. */
function recordOf(call: Call): LogRecord {
  const { caller, failed, random } = call
  const usesCache = caller.cached > 0
  const base = baseOf(call, usesCache)
  const answer = answered(call)
  const fate = random.next()
  if (fate < failed) return failedRecord(base, call)
  if (fate > 1 - caller.cached) return cachedRecord(base, answer, random)
  return { ...base, ...answer }
}

function baseOf({ id, at, caller, model, random }: Call, usesCache: boolean): LogRecord {
  return {
    id,
    org_id: caller.orgId,
    user_id: caller.userId,
    gateway_id: caller.gatewayId,
    gateway_key_id: caller.gatewayKeyId,
    event_id: id,
    created_at: at,
    surface: 'chat-completions',
    path: '/v1/chat/completions',
    requested_model: `${model.provider}/${model.model}`,
    provider: model.provider,
    model: model.model,
    stream: false,
    status_code: 200,
    success: true,
    error_type: null,
    ending: 'complete',
    step: 0,
    cache_status: usesCache ? 'MISS' : null,
    saved_nano_usd: null,
    saved_ms: null,
    duration_ms: 0,
    ttft_ms: null,
    usage: {},
    usage_source: 'reported',
    cost_nano_usd: 0,
    charged_nano_usd: null,
    milli_neurons: null,
    bill: [],
    price_version: 'custom',
    key_source: 'org',
    provider_key_id: model.providerKeyId,
    unchecked: false,
    metadata: random.pick(caller.metadata).entries,
    routing: null,
    warnings: [],
    feedback: null,
    score: null,
    repriced_at: null,
    previous_cost_nano_usd: null,
    attempts: [],
  }
}

type Answered = Pick<
  LogRecord,
  'stream' | 'usage' | 'duration_ms' | 'ttft_ms' | 'cost_nano_usd' | 'bill' | 'milli_neurons' | 'price_version'
> & { attempts: AttemptRecord[] }

function answered(call: Call): Answered {
  const { caller, model, random } = call
  const input = Math.max(1, Math.round(random.around(model.inputTokens, 2)))
  const output = Math.max(1, Math.round(random.around(model.outputTokens, 1.8)))
  const ttftMs = Math.round(random.around(model.ttftMs, 1.5))
  const durationMs = ttftMs + Math.round((output / model.tokensPerSecond) * 1000)
  const stream = random.next() < caller.streams
  const bill =
    model.price === null
      ? []
      : [lineOf('input', input, model.price.input), lineOf('output', output, model.price.output)]
  const costNanoUsd = model.price === null ? null : bill.reduce((sum, { nano_usd }) => sum + nano_usd, 0)
  const usage = { input, output }
  const money = { usage, cost_nano_usd: costNanoUsd }
  return {
    ...money,
    stream,
    duration_ms: durationMs,
    ttft_ms: stream ? ttftMs : null,
    bill,
    milli_neurons: model.milliNeuronsPerToken === undefined ? null : (input + output) * model.milliNeuronsPerToken,
    price_version: model.price === null ? null : 'custom',
    attempts: [{ ...attemptOf(call, durationMs), ...money, status_code: 200, usage_source: 'reported' }],
  }
}

function lineOf(name: string, quantity: number, price: number): BillLine {
  return {
    class: name,
    quantity,
    unit: 'tokens',
    unit_price_nano_usd: price,
    unit_price_per: 1,
    nano_usd: quantity * price,
  }
}

function attemptOf({ at, model }: Call, durationMs: number): AttemptRecord {
  return {
    attempt: 1,
    step: 0,
    provider: model.provider,
    model: model.model,
    status_code: null,
    error_type: null,
    error_code: null,
    key_source: 'org',
    provider_key_id: model.providerKeyId,
    usage: {},
    usage_source: 'free_failed',
    cost_nano_usd: 0,
    started_at: at,
    duration_ms: durationMs,
  }
}

function failedRecord(base: LogRecord, call: Call): LogRecord {
  const { type, status, durationMs } = call.random.pick(trafficErrors)
  const took = Math.round(call.random.around(durationMs, 1.2))
  const attempt = { ...attemptOf(call, took), status_code: status, error_type: type, error_code: type }
  return {
    ...base,
    status_code: status,
    success: false,
    error_type: type,
    ending: 'upstream_error',
    duration_ms: took,
    usage_source: 'free_failed',
    attempts: [attempt],
  }
}

function cachedRecord(base: LogRecord, answer: Answered, random: Random): LogRecord {
  return {
    ...base,
    stream: answer.stream,
    cache_status: 'HIT',
    saved_nano_usd: answer.cost_nano_usd,
    saved_ms: answer.duration_ms,
    duration_ms: Math.round(random.around(14, 1.4)),
    usage: answer.usage,
    usage_source: 'cached',
  }
}
