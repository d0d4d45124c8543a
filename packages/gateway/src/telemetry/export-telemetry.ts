import type { Gateway, GatewayStore } from '../gateways/gateway-store.ts'
import type { LogRecord } from '../logs/log-record.ts'
import { guardUpstreamUrl } from '../steps/guard-upstream-url.ts'
import { openOtelHeaders, type OtelSecretDeps } from './otel-secrets.ts'
import type { OtelExporter } from './otel-exporter.ts'
import type { Semconv } from './semconv.ts'
import { toOtlpMetrics } from './to-otlp-metrics.ts'
import { toOtlpTraces } from './to-otlp-traces.ts'

export interface TelemetryDeps extends OtelSecretDeps {
  gateways: Pick<GatewayStore, 'find'>
  semconv: Semconv
  fetch(request: Request): Promise<Response>
  sleep(ms: number): Promise<void>
  allowPrivateUpstreams: boolean
  /** Hears of what could not be sent. */
  report(error: unknown): void
}

/** What could not be sent to an exporter. Its message names the host alone. */
export class TelemetryError extends Error {
  override readonly name = 'TelemetryError'
}

/** Pauses between tries, ms; what fails after them is given up. */
const pausesMs = [500, 2000]
const timeoutMs = 10_000

/** A collector that says so takes the same again later. @see https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes */
const retryable = new Set([429, 502, 503, 504])

/** Sends spans and metrics of rows to the exporters of their gateways. Never rejects. */
export async function exportTelemetry(records: readonly LogRecord[], deps: TelemetryDeps): Promise<void> {
  const byGateway = new Map<string, LogRecord[]>()
  for (const record of records) {
    const key = JSON.stringify([record.org_id, record.gateway_id])
    byGateway.set(key, [...(byGateway.get(key) ?? []), record])
  }
  const work = [...byGateway.values()].map((rows) => exportOf(rows, deps).catch((error: unknown) => deps.report(error)))
  await Promise.all(work)
}

async function exportOf(records: readonly LogRecord[], deps: TelemetryDeps): Promise<void> {
  const [first] = records
  const gateway: Gateway | undefined = first && (await deps.gateways.find(first.org_id, first.gateway_id))
  const exporters = gateway?.settings.otel ?? []
  if (!gateway || exporters.length === 0) return
  const headersOf = await openOtelHeaders({ orgId: gateway.orgId, gatewayId: gateway.id }, deps)
  const requests = exporters.flatMap((exporter) =>
    signalsOf(exporter, records, deps.semconv).map(({ url, body }) => ({
      url,
      body,
      headers: headersOf(exporter.url),
    })),
  )
  await Promise.all(requests.map((request) => send(request, deps).catch((error: unknown) => deps.report(error))))
}

interface Signal {
  url: string
  body: object
}

function signalsOf({ url }: OtelExporter, records: readonly LogRecord[], semconv: Semconv): Signal[] {
  const traces = (to: string): Signal => ({ url: to, body: toOtlpTraces(records, semconv) })
  const isCalled = records.some(({ provider }) => provider !== null)
  const metrics = (to: string): Signal[] => (isCalled ? [{ url: to, body: toOtlpMetrics(records, semconv) }] : [])
  const { pathname } = new URL(url)
  if (pathname.endsWith('/v1/traces')) return [traces(url)]
  if (pathname.endsWith('/v1/metrics')) return metrics(url)
  const below = (path: string): string => {
    const to = new URL(url)
    to.pathname = `${pathname.replace(/\/$/, '')}/${path}`
    return to.href
  }
  return [traces(below('v1/traces')), ...metrics(below('v1/metrics'))]
}

async function send(
  { url, body, headers }: Signal & { headers: Readonly<Record<string, string>> },
  deps: TelemetryDeps,
): Promise<void> {
  const { host } = new URL(url)
  guardUpstreamUrl(new URL(url), deps.allowPrivateUpstreams)
  const text = JSON.stringify(body)
  for (const pauseMs of [...pausesMs, undefined]) {
    const status = await post({ url, text, headers }, deps)
    if (status !== undefined && status >= 200 && status < 300) return
    const mayRetry = status === undefined || retryable.has(status)
    if (!mayRetry || pauseMs === undefined) throw new TelemetryError(`${host} answered ${status ?? 'nothing'}.`)
    await deps.sleep(pauseMs)
  }
}

/** The status, `undefined` where there was no answer. */
async function post(
  { url, text, headers }: { url: string; text: string; headers: Readonly<Record<string, string>> },
  { fetch }: TelemetryDeps,
): Promise<number | undefined> {
  const all = new Headers(headers)
  all.set('content-type', 'application/json')
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(
      new Request(url, { method: 'POST', redirect: 'manual', headers: all, body: text, signal }),
    )
    await response.body?.cancel()
    return response.status
  } catch {
    return undefined
  }
}
