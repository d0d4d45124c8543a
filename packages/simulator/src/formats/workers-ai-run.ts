import type { Call, Format, Parsed } from '../format.ts'
import { Rejection } from '../format.ts'
import { sse } from '../framing.ts'
import { idFrom } from '../hash.ts'
import { isJson } from '../shape.ts'
import { bearer } from './credentials.ts'
import { openaiChat } from './openai-chat.ts'
import { toEnvelope, toRunFrames, toRunResult } from './workers-ai-answer.ts'
import { toRunAsk } from './workers-ai-ask.ts'
import { toRunError } from './workers-ai-errors.ts'
import { parseRunRequest } from './workers-ai-request.ts'

const framing = sse('\n', 'text/event-stream')

/** Newer models of the catalogue take and give OpenAI's chat format inside Cloudflare's envelope. */
const chatModels = /^@cf\/(?:moonshotai\/|zai-org\/|openai\/|qwen\/qwen3|google\/gemma-4|nvidia\/)/

/** Cloudflare's `ai/run`. */
export const workersAiRun: Format = {
  id: 'workers-ai',
  path: /\/ai\/run\/(.+)$/,
  credential: ({ headers }) => bearer(headers),
  parse,
  overloadedStatus: 503,
  sample: (stream) => ({ messages: [{ role: 'user', content: 'hi' }], stream }),
  toError: toRunError,
  toErrorFrame: ({ body }) => ({ kind: 'other', text: JSON.stringify(body) }),
  headers: ({ seed }) => ({ 'cf-ray': `${idFrom(seed, 16).toLowerCase()}-SIM`, 'cf-ai-req-id': idFrom(seed, 20) }),
}

function parse(call: Call): Parsed {
  if (chatModels.test(call.model)) return parseChat(call)
  const request = parseRunRequest(call.body)
  for (const [index, message] of (request.messages ?? []).entries()) {
    const isEmpty = message.content === undefined && message.tool_calls === undefined
    if (isEmpty) throw new Rejection(`required properties at '/messages/${index}' are 'content'`)
  }
  const ask = toRunAsk(request)
  return { ask, framing, toJson: (reply) => toRunResult(ask, reply), toFrames: toRunFrames }
}

function parseChat(call: Call): Parsed {
  const body = isJson(call.body) ? { ...call.body, model: call.model } : call.body
  const parsed = openaiChat.parse({ ...call, body })
  return { ...parsed, toJson: (reply) => toEnvelope(parsed.toJson(reply)) }
}
