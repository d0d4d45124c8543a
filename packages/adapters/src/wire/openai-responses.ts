import type { WireFormat } from '../wire-format.ts'
import { formatError } from './openai-chat/format-error.ts'
import { createDecoder } from './openai-responses/create-decoder.ts'
import { createEncoder } from './openai-responses/create-encoder.ts'
import { formatId } from './openai-responses/format-id.ts'
import { formatRequest } from './openai-responses/format-request.ts'
import { formatResponse } from './openai-responses/format-response.ts'
import { isOutputOnly } from './openai-responses/is-output-only.ts'
import { parseRequest } from './openai-responses/parse-request.ts'
import { parseResponse } from './openai-responses/parse-response.ts'

/**
 * OpenAI's Responses API.
 * @see https://platform.openai.com/docs/api-reference/responses
 */
export const openaiResponses: WireFormat = {
  id: formatId,
  turns: 'input',
  path: () => '/responses',
  parseRequest,
  formatResponse,
  createEncoder,
  formatError,
  formatRequest,
  parseResponse,
  createDecoder,
  isOutputOnly,
}
