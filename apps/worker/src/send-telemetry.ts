import { exportTelemetry, TelemetryError, type LogRecord } from '@gw/gateway'
import { createDeps } from './create-deps.ts'
import type { Env } from './env.ts'

/** Sends spans and metrics of rows that have arrived to the collectors of their gateways. Never rejects. */
export async function sendTelemetry(records: readonly LogRecord[], env: Env): Promise<void> {
  const { control, report, ...deps } = createDeps(env)
  await exportTelemetry(records, {
    ...deps,
    vault: control.vault,
    secrets: control.alerts.secrets,
    semconv: env.GW_OTEL_SEMCONV === '1.36' ? '1.36' : 'latest',
    report: (error) => report(error instanceof TelemetryError ? new TelemetryError(error.message) : error, 'telemetry'),
  })
}
