import type { Call, Failure, Format, Parsed, VendorError } from '../format.ts'
import { sse } from '../framing.ts'
import { isJson } from '../shape.ts'
import { openaiChat } from './openai-chat.ts'
import { dialectOf } from './openai-chat-dialects.ts'
import { toChatError } from './openai-chat-errors.ts'
import { toResponse, toResponseFrames } from './openai-responses-answer.ts'
import { recallItems, rememberResponse } from './openai-responses-memory.ts'
import { toResponsesAsk } from './openai-responses-ask.ts'
import { parseResponsesRequest } from './openai-responses-request.ts'
import { checkOpenAiResponses, checkResponses } from './openai-responses-rules.ts'

const framing = sse()

/** OpenAI's Responses API, as spoken by OpenAI and others. */
export const openaiResponses: Format = {
  id: 'openai-responses',
  path: /\/responses$/,
  credential: openaiChat.credential,
  parse,
  overloadedStatus: 503,
  sample: (stream) => ({ model: 'm', input: 'hi', stream }),
  toError,
  toErrorFrame: ({ body }) => {
    const error = isJson(body) ? body['error'] : body
    return { kind: 'other', event: 'error', text: JSON.stringify({ type: 'error', sequence_number: 0, error }) }
  },
  headers: openaiChat.headers,
  recall: recallItems,
  remember: rememberResponse,
}

function parse({ provider, body, model }: Call): Parsed {
  const isOpenAi = dialectOf(provider).isOpenAi === true
  const request = parseResponsesRequest(body, isOpenAi)
  checkResponses(request)
  if (isOpenAi) checkOpenAiResponses(request, model)
  const writing = { request, model, isOpenAi }
  return {
    ask: toResponsesAsk(request, isOpenAi),
    framing,
    toJson: (reply) => toResponse(writing, reply),
    toFrames: (reply) => toResponseFrames(writing, reply),
  }
}

const tooLong = 'Your input exceeds the context window of this model. Please adjust your input and try again.'

function toError(failure: Failure, context: { provider: string; seed: number }): VendorError {
  const error = toChatError(failure, context)
  if (failure.kind !== 'context-length') return error
  const words = { message: tooLong, type: 'invalid_request_error', param: 'input', code: 'context_length_exceeded' }
  return { ...error, body: { error: words } }
}
