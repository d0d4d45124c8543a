import type { Call, Format, Parsed } from '../format.ts'
import { jsonArray, sse } from '../framing.ts'
import { toGenerateFrames, toGenerateResponse } from './gemini-answer.ts'
import { toGenerateAsk } from './gemini-ask.ts'
import { toGeminiError } from './gemini-errors.ts'
import { parseGenerateRequest } from './gemini-request.ts'
import { checkGenerate } from './gemini-rules.ts'
import { bearer } from './credentials.ts'

const eventStream = sse('\r\n', 'text/event-stream')

/** Google's generateContent and streamGenerateContent, on AI Studio and Vertex. */
export const geminiGenerate: Format = {
  id: 'gemini-generate',
  path: /\/models\/([^/]+):(?:generateContent|streamGenerateContent)$/,
  credential: ({ headers, search }) => headers.get('x-goog-api-key') ?? search.get('key') ?? bearer(headers),
  parse,
  overloadedStatus: 503,
  sample: () => ({ contents: [{ role: 'user', parts: [{ text: 'hi' }] }] }),
  toError: toGeminiError,
  // Google breaks a stream off with the bare error object, not with an event of its own.
  toErrorFrame: ({ body }) => ({ kind: 'other', text: JSON.stringify(body), isRaw: true }),
  headers: () => ({ 'server-timing': 'gfet4t7; dur=1', 'x-content-type-options': 'nosniff', vary: 'Origin' }),
}

function parse({ body, path, search, model }: Call): Parsed {
  const request = parseGenerateRequest(body)
  checkGenerate(request, model)
  const isSse = search.get('alt') === 'sse'
  const ask = toGenerateAsk(request, path.endsWith(':streamGenerateContent'))
  const hasImage = request.generationConfig?.responseModalities?.includes('IMAGE') ?? false
  const writing = { ask, model, hasImage, ending: isSse ? '' : ']' }
  return {
    ask,
    framing: isSse ? eventStream : jsonArray,
    toJson: (reply) => toGenerateResponse(writing, reply),
    toFrames: (reply) => toGenerateFrames(writing, reply),
  }
}
