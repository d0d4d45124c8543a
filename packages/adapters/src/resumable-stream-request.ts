import { GatewayDelegateError } from './gateway-delegate-error.ts'
import { readRetryAfter } from './read-retry-after.ts'
import type { ResumableStreamOptions } from './resumable-stream.ts'

/** What a resume request came to: the rest of the run, the news that it is gone, or a failure. */
export type ResumeAnswer =
  | { body: ReadableStream<Uint8Array> }
  | { expired: true }
  | { failure: GatewayDelegateError; retryable: boolean; retryAfterMs: number | undefined }

/** Asks the gateway once for the events of a run from an index on; never throws. */
export async function requestResume(
  { binding, gateway, runId }: ResumableStreamOptions,
  from: number,
  signal: AbortSignal,
): Promise<ResumeAnswer> {
  const run = `gateways/${encodeURIComponent(gateway)}/run/${encodeURIComponent(runId)}`
  const url = `https://workers-binding.ai/ai-gateway/${run}/resume?from=${from}`

  if (binding.fetch === undefined) {
    const failure = new GatewayDelegateError('config', 'To resume, the binding needs a fetch(), as env.AI has.')
    return { failure, retryable: false, retryAfterMs: undefined }
  }
  let response: Response
  try {
    response = await binding.fetch(url, { method: 'GET', signal })
  } catch (cause) {
    const failure = new GatewayDelegateError('dispatch', `The resume request failed at event ${from}.`, cause)
    return { failure, retryable: true, retryAfterMs: undefined }
  }

  const { ok, status, body, headers } = response
  if (ok && !signal.aborted) return { body: body ?? emptyStream() }
  body?.cancel().catch(() => undefined)
  if (status === 404) return { expired: true }
  return {
    failure: new GatewayDelegateError('dispatch', `Resume failed (${status}) at event ${from}.`),
    retryable: status >= 500 || status === 429 || status === 408,
    retryAfterMs: readRetryAfter(headers),
  }
}

function emptyStream(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.close() })
}
