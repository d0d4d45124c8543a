import { createSseDecoder, isObject, parseObject, type ProviderError, type SseEvent } from '@gw/adapters'
import { nothingSeen, type Seen, type Tap } from './tap.ts'

/** Events that end a stream, and whether they are its success. */
const endings: Readonly<Record<string, boolean>> = {
  'response.completed': true,
  'response.incomplete': true,
  'response.failed': false,
}

export interface ResponsesTapOptions {
  /** Reads usage and model of a whole response. */
  read(response: Record<string, unknown>): Pick<Seen, 'usage' | 'model'>
}

/**
 * Watches a stream of OpenAI's Responses API pass untouched: the event that ends it has its usage.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export function createResponsesTap({ read }: ResponsesTapOptions): Tap {
  const sse = createSseDecoder()
  const seen = nothingSeen()
  let events = 0

  const observe = ({ event = '', data }: SseEvent): void => {
    events += 1
    if (event.endsWith('.delta')) {
      seen.hasOutput = true
      const { delta } = parseObject(data) ?? {}
      if (typeof delta === 'string') seen.outputCharacters += delta.length
      return
    }
    const body = event in endings || event === 'error' || event === '' ? parseObject(data) : undefined
    const type = body?.['type'] ?? event
    const response = body?.['response']
    const isSuccess = typeof type === 'string' ? endings[type] : undefined
    if (isObject(response) && isSuccess !== undefined) {
      seen.hasOutput = true
      seen.isFinished = isSuccess
      Object.assign(seen, read(response))
    }
    if (isSuccess === false || type === 'error') seen.error ??= errorOf(isObject(response) ? response['error'] : body)
  }

  return {
    seen,
    push: (bytes) => {
      for (const event of sse.push(bytes)) observe(event)
      return bytes
    },
    end: () => {
      for (const event of sse.end()) observe(event)
      return undefined
    },
    fail: (error) => {
      seen.error ??= error
      const body = { type: 'error', code: error.code ?? error.type, message: error.message, param: null }
      const event = JSON.stringify({ ...body, sequence_number: events })
      // Bytes may have been cut within an event; blank lines end it, and mean nothing elsewhere.
      return new TextEncoder().encode(`\n\nevent: error\ndata: ${event}\n\n`)
    },
  }
}

function errorOf(error: unknown): ProviderError {
  const { code, message } = isObject(error) ? error : {}
  return {
    type: 'upstream_error',
    status: 502,
    message: typeof message === 'string' ? message : 'The provider failed within the stream.',
    ...(typeof code === 'string' && { code }),
  }
}
