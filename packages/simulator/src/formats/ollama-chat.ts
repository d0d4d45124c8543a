import type { Call, Format, Parsed } from '../format.ts'
import { ndjson } from '../framing.ts'
import { bearer } from './credentials.ts'
import { toOllamaFrames, toOllamaResponse } from './ollama-answer.ts'
import { toOllamaAsk } from './ollama-ask.ts'
import { toOllamaError } from './ollama-errors.ts'
import { parseOllamaRequest, toChatBody } from './ollama-request.ts'

/** Ollama's own chat and generate. */
export const ollamaChat: Format = {
  id: 'ollama-chat',
  path: /\/api\/(?:chat|generate)$/,
  // A server of one's own asks for none.
  credential: ({ headers }) => bearer(headers) ?? 'none',
  parse,
  overloadedStatus: 503,
  sample: (stream) => ({ model: 'm', messages: [{ role: 'user', content: 'hi' }], stream }),
  toError: toOllamaError,
  toErrorFrame: ({ body }) => ({ kind: 'other', text: JSON.stringify(body) }),
  headers: () => ({}),
}

function parse({ body, path, model }: Call): Parsed {
  const isGenerate = path.endsWith('/generate')
  const ask = toOllamaAsk(parseOllamaRequest(isGenerate ? toChatBody(body) : body))
  const writing = { model, isGenerate }
  return {
    ask,
    framing: ndjson,
    toJson: (reply) => toOllamaResponse(writing, reply),
    toFrames: (reply) => toOllamaFrames(writing, reply),
  }
}
