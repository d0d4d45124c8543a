import { createResumableStream } from '@gw/adapters/resumable-stream'
import { addReport, reportOf, type GatewayMetadata } from './gateway-metadata.ts'
import type { Run, Won } from './run.ts'

/** Hands the answer to the model that it is for, and adds to the result what the gateway said. */
export async function finishRun(run: Run, won: Won): Promise<unknown> {
  const { winner, meta, provider, error } = won
  if (error) throw error

  const metadata = { provider, model: winner.model.modelId, ...meta, step: winner.index }
  winner.respond(resumable(run, won))
  try {
    return addReport(await winner.result, run.method, reportOf(metadata, winner.model))
  } catch (cause) {
    throw withMetadata(cause, metadata)
  }
}

/** The answer with a body that goes on after a broken connection, where that was asked for. */
function resumable({ settings, method, signal }: Run, { response, meta }: Won): Response {
  const resume = 'resume' in settings ? settings.resume : undefined
  const { body, status, statusText, headers } = response
  if (!resume || !meta.runId || !body || method !== 'doStream') return response
  const { binding, gateway, onResumeExpired, maxReconnects } = resume
  const stream = createResumableStream({
    binding,
    gateway,
    runId: meta.runId,
    initial: body,
    onResumeExpired,
    maxReconnects,
    signal,
  })
  return new Response(stream, { status, statusText, headers })
}

/** A provider's error stays what it is; what the gateway said is added where no log or JSON shows it. */
function withMetadata(error: unknown, gateway: GatewayMetadata): unknown {
  if (error instanceof Error && Object.isExtensible(error) && !('gateway' in error)) {
    Object.defineProperty(error, 'gateway', { value: gateway, configurable: true })
  }
  return error
}
