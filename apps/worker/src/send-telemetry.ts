import { exportTelemetry, type LogRecord, type TelemetryDeps } from '@gw/gateway'
import { createDeps } from './create-deps.ts'
import type { Env } from './env.ts'

const known = new WeakMap<Env, TelemetryDeps>()

/** Sends spans and metrics of rows that have arrived to the collectors of their gateways. Never rejects. */
export function sendTelemetry(records: readonly LogRecord[], env: Env): Promise<void> {
  const deps = known.get(env) ?? createTelemetryDeps(env)
  known.set(env, deps)
  return exportTelemetry(records, deps)
}

/** Made once for an isolate, so that gateways are looked up once in ten seconds. */
function createTelemetryDeps(env: Env): TelemetryDeps {
  const { control, report, ...deps } = createDeps(env)
  return {
    ...deps,
    vault: control.vault,
    secrets: control.alerts.secrets,
    semconv: env.GW_OTEL_SEMCONV === '1.36' ? '1.36' : 'latest',
    report: (error) => report(error, 'telemetry'),
  }
}
