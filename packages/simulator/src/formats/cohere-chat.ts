import type { Call, Format, Parsed } from '../format.ts'
import { sse } from '../framing.ts'
import { hash } from '../hash.ts'
import { toCohereFrames, toCohereResponse } from './cohere-answer.ts'
import { toCohereAsk } from './cohere-ask.ts'
import { toCohereError } from './cohere-errors.ts'
import { parseCohereRequest } from './cohere-request.ts'
import { checkCohere } from './cohere-rules.ts'
import { bearer } from './credentials.ts'

const framing = sse('\n', 'text/event-stream')

/** Cohere's v2 chat. */
export const cohereChat: Format = {
  id: 'cohere-chat',
  path: /\/v2\/chat$/,
  credential: ({ headers }) => bearer(headers),
  parse,
  overloadedStatus: 503,
  sample: (stream) => ({ model: 'm', messages: [{ role: 'user', content: 'hi' }], stream }),
  toError: toCohereError,
  toErrorFrame: ({ body }) => ({ kind: 'other', event: 'error', text: JSON.stringify(body) }),
  headers: ({ seed }) => ({
    'x-debug-trace-id': hash('trace', seed).toString(16),
    'x-endpoint-monthly-call-limit': '1000',
    'x-trial-endpoint-call-limit': '20',
    'x-trial-endpoint-call-remaining': '19',
  }),
}

function parse({ body }: Call): Parsed {
  const request = parseCohereRequest(body)
  checkCohere(request)
  const ask = toCohereAsk(request)
  return {
    ask,
    framing,
    toJson: (reply) => toCohereResponse(ask, reply),
    toFrames: (reply) => toCohereFrames(ask, reply),
  }
}
