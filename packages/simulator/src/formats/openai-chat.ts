import type { Call, Format, Parsed } from '../format.ts'
import { sse } from '../framing.ts'
import { bearer } from './credentials.ts'
import { toChatAsk } from './openai-chat-ask.ts'
import { dialectOf } from './openai-chat-dialects.ts'
import { toChatError } from './openai-chat-errors.ts'
import { parseChatRequest } from './openai-chat-request.ts'
import { checkChat, checkOpenAi } from './openai-chat-rules.ts'
import { toChatCompletion, toChatFrames } from './openai-chat-answer.ts'
import { idFrom } from '../hash.ts'

const framing = sse()

/** OpenAI chat completions, as spoken by OpenAI and its many followers. */
export const openaiChat: Format = {
  id: 'openai-chat',
  path: /\/chat\/completions$|\/publishers\/mistralai\/models\/([^/]+):(?:rawPredict|streamRawPredict)$/,
  credential: ({ headers }) => bearer(headers) ?? headers.get('api-key') ?? undefined,
  parse,
  overloadedStatus: 503,
  sample: (stream) => ({
    model: 'm',
    messages: [{ role: 'user', content: 'hi' }],
    ...(stream ? { stream, stream_options: { include_usage: true } } : {}),
  }),
  toError: toChatError,
  toErrorFrame: ({ body }) => ({ kind: 'other', text: JSON.stringify(body) }),
  headers: ({ seed }) => ({
    'x-request-id': `req_${idFrom(seed, 32).toLowerCase()}`,
    'openai-processing-ms': '1',
    'openai-version': '2020-10-01',
    'x-ratelimit-limit-requests': '10000',
    'x-ratelimit-limit-tokens': '2000000',
    'x-ratelimit-remaining-requests': '9999',
    'x-ratelimit-remaining-tokens': '1999999',
    'x-ratelimit-reset-requests': '6ms',
    'x-ratelimit-reset-tokens': '0s',
  }),
}

function parse({ provider, path, body, model }: Call): Parsed {
  const dialect = dialectOf(path.includes('/publishers/mistralai/') ? 'mistral' : provider)
  const request = parseChatRequest(body, dialect)
  checkChat(request)
  if (dialect.isOpenAi) checkOpenAi(request, model)
  const writing = { request, model, dialect, ask: toChatAsk(request, model, dialect) }
  return {
    ask: writing.ask,
    framing,
    toJson: (reply) => toChatCompletion(writing, reply),
    toFrames: (reply) => toChatFrames(writing, reply),
  }
}
