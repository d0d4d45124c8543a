import { addReport, reportOf, type GatewayMetadata } from './gateway-metadata.ts'
import { isObject } from './is-object.ts'
import type { Run, Won } from './run.ts'

/** Hands the answer to the model that it is for, and adds to the result what the gateway said. */
export async function finishRun(run: Run, won: Won): Promise<unknown> {
  const { winner, meta, provider, error } = won
  if (error) throw error

  const metadata = { provider, model: winner.model.modelId, ...meta, step: winner.index }
  winner.respond(await resumable(run, won))
  try {
    return addReport(await winner.result, run.method, reportOf(metadata, winner.model))
  } catch (cause) {
    throw withMetadata(cause, metadata)
  }
}

/** The answer with a body that goes on after a broken connection, where that was asked for. */
async function resumable(run: Run, { response, meta }: Won): Promise<Response> {
  const { settings, transport, method, signal } = run
  const { resume } = settings
  const { body, status, statusText, headers } = response
  if (!resume || !meta.runId || !body || method !== 'doStream') return response
  // Most callers never need it, and bundlers that split leave it out of the first load.
  const { createResumableStream } = await import('@gw/adapters/resumable-stream')
  const from = { binding: transport.runs, gateway: '-', ...(isObject(resume) && resume) }
  const stream = createResumableStream({ ...from, runId: meta.runId, initial: body, signal })
  return new Response(stream, { status, statusText, headers })
}

/** A provider's error stays what it is; what the gateway said is added where no log or JSON shows it. */
function withMetadata(error: unknown, gateway: GatewayMetadata): unknown {
  if (error instanceof Error && Object.isExtensible(error) && !('gateway' in error)) {
    Object.defineProperty(error, 'gateway', { value: gateway, configurable: true })
  }
  return error
}
