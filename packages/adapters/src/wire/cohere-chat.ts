import type { WireFormat } from '../wire-format.ts'
import { createDecoder } from './cohere-chat/create-decoder.ts'
import { createEncoder } from './cohere-chat/create-encoder.ts'
import { formatError } from './cohere-chat/format-error.ts'
import { formatId } from './cohere-chat/format-id.ts'
import { formatRequest } from './cohere-chat/format-request.ts'
import { formatResponse } from './cohere-chat/format-response.ts'
import { parseRequest } from './cohere-chat/parse-request.ts'
import { parseResponse } from './cohere-chat/parse-response.ts'

/**
 * Cohere's Chat API, version 2.
 * @see https://docs.cohere.com/reference/chat
 */
export const cohereChat: WireFormat = {
  id: formatId,
  turns: 'messages',
  path: () => '/chat',
  parseRequest,
  formatResponse,
  createEncoder,
  formatError,
  formatRequest,
  parseResponse,
  createDecoder,
}
