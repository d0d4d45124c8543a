import type { WireFormat } from '../wire-format.ts'
import { createDecoder } from './openai-chat/create-decoder.ts'
import { createEncoder } from './openai-chat/create-encoder.ts'
import { formatError } from './openai-chat/format-error.ts'
import { formatId } from './openai-chat/format-id.ts'
import type { ReasoningBack } from './openai-chat/format-reasoning.ts'
import { formatRequest } from './openai-chat/format-request.ts'
import { formatResponse } from './openai-chat/format-response.ts'
import { isOutputOnly } from './openai-chat/is-output-only.ts'
import { parseRequest } from './openai-chat/parse-request.ts'
import { parseResponse } from './openai-chat/parse-response.ts'

/**
 * OpenAI's Chat Completions and the many APIs built after it.
 * @see https://platform.openai.com/docs/api-reference/chat
 */
export const openaiChat: WireFormat = {
  id: formatId,
  turns: 'messages',
  path: () => '/chat/completions',
  parseRequest,
  formatResponse,
  createEncoder,
  formatError,
  formatRequest: (request, context) => formatRequest(request, context),
  parseResponse,
  createDecoder,
  isOutputOnly,
}

/** The same for vendors that take reasoning of earlier turns back, in a way of their own. */
export function openaiChatWith(reasoning: ReasoningBack): WireFormat {
  return { ...openaiChat, formatRequest: (request, context) => formatRequest(request, context, reasoning) }
}
