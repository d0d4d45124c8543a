import type { AttemptRecord, LogRecord } from '../logs/log-record.ts'
import { resource, scope, toAttributes, toNano, type AttributeValues } from './otlp.ts'
import { operationOf, providerAttribute, type Semconv } from './semconv.ts'
import { spanIdOf, traceIdOf } from './span-ids.ts'
import { tokensOf } from './tokens-of.ts'

/** Kinds of spans: what the gateway answers, and what it asks of a provider. */
const server = 2
const client = 3

/** `STATUS_CODE_ERROR`; what went well says nothing. */
const failed = 2

/** Names that belong to the conventions or to us; metadata must not take them. */
const reserved = /^(?:gen_ai|gw|http|error|server|service|otel)\./

/**
 * A span for each request, and within it one for each attempt. What it used is on the request's span alone, so that sums
 * over spans are right.
 */
export function toOtlpTraces(records: readonly LogRecord[], semconv: Semconv) {
  const spans = records.flatMap((record) => [
    toSpan(record, semconv),
    ...record.attempts.map((attempt) => toAttemptSpan(record, attempt, semconv)),
  ])
  return { resourceSpans: [{ resource, scopeSpans: [{ scope, spans }] }] }
}

function toSpan(record: LogRecord, semconv: Semconv) {
  const { trace, model, requested_model: requested } = record
  const operation = operationOf(record)
  return {
    traceId: traceIdOf(record),
    spanId: spanIdOf(record, 0),
    ...(trace?.parent_span_id !== undefined && { parentSpanId: trace.parent_span_id.toLowerCase() }),
    name: [operation, requested ?? model].filter((part) => part !== null).join(' '),
    kind: server,
    startTimeUnixNano: toNano(record.created_at),
    endTimeUnixNano: toNano(record.created_at + record.duration_ms),
    attributes: toAttributes({ ...requestAttributes(record, semconv), ...metadataOf(record) }),
    ...statusOf(record.success ? null : (record.error_type ?? record.ending)),
  }
}

function requestAttributes(record: LogRecord, semconv: Semconv): AttributeValues {
  const { usage, stream, ttft_ms: ttft, cost_nano_usd: cost } = record
  const tokens = tokensOf(usage)
  return {
    'gen_ai.operation.name': operationOf(record),
    ...providerAttribute(record.provider, semconv),
    'gen_ai.request.model': record.requested_model ?? record.model,
    'gen_ai.response.model': record.model,
    'gen_ai.usage.input_tokens': tokens.input,
    'gen_ai.usage.output_tokens': tokens.output,
    ...(semconv === 'latest' && {
      'gen_ai.request.stream': stream,
      'gen_ai.response.time_to_first_chunk': stream && ttft !== null ? ttft / 1000 : null,
      'gen_ai.usage.cache_read.input_tokens': usage.cache_read,
      'gen_ai.usage.cache_creation.input_tokens': tokens.cacheWrite,
      'gen_ai.usage.reasoning.output_tokens': usage.reasoning,
    }),
    'gen_ai.usage.cost': cost === null ? null : cost / 1e9,
    'error.type': record.success ? null : (record.error_type ?? record.ending),
    'http.response.status_code': record.status_code,
    'gw.log_id': record.id,
    'gw.event_id': record.event_id,
    'gw.org_id': record.org_id,
    'gw.gateway_id': record.gateway_id,
    'gw.gateway_key_id': record.gateway_key_id,
    'gw.user_id': record.user_id,
    'gw.ending': record.ending,
    'gw.cache_status': record.cache_status,
    'gw.key_source': record.key_source,
    'gw.attempts': record.attempts.length,
  }
}

function metadataOf({ metadata }: LogRecord): AttributeValues {
  return Object.fromEntries(Object.entries(metadata).filter(([key]) => !reserved.test(key)))
}

function toAttemptSpan(record: LogRecord, attempt: AttemptRecord, semconv: Semconv) {
  const operation = operationOf(record)
  return {
    traceId: traceIdOf(record),
    spanId: spanIdOf(record, attempt.attempt),
    parentSpanId: spanIdOf(record, 0),
    name: [operation, attempt.model].filter((part) => part !== null).join(' '),
    kind: client,
    startTimeUnixNano: toNano(attempt.started_at),
    endTimeUnixNano: toNano(attempt.started_at + attempt.duration_ms),
    attributes: toAttributes({
      'gen_ai.operation.name': operation,
      ...providerAttribute(attempt.provider, semconv),
      'gen_ai.request.model': attempt.model,
      'error.type': attempt.error_type,
      'http.response.status_code': attempt.status_code,
      'gw.attempt': attempt.attempt,
      'gw.step': attempt.step,
      'gw.error_code': attempt.error_code,
      'gw.key_source': attempt.key_source,
    }),
    ...statusOf(attempt.error_type),
  }
}

const statusOf = (error: string | null) => (error === null ? {} : { status: { code: failed, message: error } })
