import type { WireFormat } from '../wire-format.ts'
import { createDecoder } from './openai-completions/create-decoder.ts'
import { createEncoder } from './openai-completions/create-encoder.ts'
import { formatId } from './openai-completions/format-id.ts'
import { formatRequest } from './openai-completions/format-request.ts'
import { formatResponse } from './openai-completions/format-response.ts'
import { parseRequest } from './openai-completions/parse-request.ts'
import { parseResponse } from './openai-completions/parse-response.ts'
import { formatError } from './openai-chat/format-error.ts'

/**
 * OpenAI's legacy completions: a prompt instead of messages. The prompt is one user message to models that chat.
 * @see https://platform.openai.com/docs/api-reference/completions
 */
export const openaiCompletions: WireFormat = {
  id: formatId,
  turns: 'prompt',
  path: () => '/completions',
  parseRequest,
  formatResponse,
  createEncoder,
  formatError,
  formatRequest,
  parseResponse,
  createDecoder,
}
