import type { ChatRequest } from '../../chat.ts'
import { numberOf, type Json, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { parseRequest as parseChat } from '../openai-chat/parse-request.ts'
import { formatId } from './format-id.ts'

/** Reads the prompt as one user message; what a chat cannot say of it is an error. */
export function parseRequest(body: JsonObject): ChatRequest {
  const { prompt, logprobs, best_of: bestOf, echo, suffix, ...rest } = body
  if (echo === true) throw new WireError('unsupported', '`echo` cannot be translated for this model.', 'echo')
  if (typeof suffix === 'string' && suffix !== '')
    throw new WireError('unsupported', '`suffix` cannot be translated for this model.', 'suffix')
  const count = numberOf(logprobs)
  const { extra, ...request } = parseChat({ ...rest, messages: [{ role: 'user', content: textOf(prompt) }] })
  const unread = { ...extra, ...(bestOf !== undefined && bestOf !== null && { best_of: bestOf }) }
  return {
    ...request,
    ...(count !== undefined && { logprobs: true, ...(count > 0 && { top_logprobs: count }) }),
    ...(Object.keys(unread).length > 0 && { extra: unread, extra_format: formatId }),
  }
}

function textOf(prompt: Json | undefined): string {
  const only = Array.isArray(prompt) && prompt.length === 1 ? prompt[0] : prompt
  if (typeof only === 'string') return only
  if (Array.isArray(only) && only.some((item) => typeof item === 'number'))
    throw new WireError('unsupported', 'A prompt of tokens cannot be translated: send the text itself.', 'prompt')
  if (Array.isArray(only) && only.every((item) => typeof item === 'string') && only.length > 0)
    throw new WireError('unsupported', 'Several prompts cannot be translated: send one at a time.', 'prompt')
  throw new WireError('invalid_request', '`prompt` must be a string.', 'prompt')
}
