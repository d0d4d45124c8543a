import type { WireFormat } from '../wire-format.ts'
import { createDecoder } from './anthropic-messages/create-decoder.ts'
import { createEncoder } from './anthropic-messages/create-encoder.ts'
import { formatError } from './anthropic-messages/format-error.ts'
import { formatId } from './anthropic-messages/format-id.ts'
import { formatRequest } from './anthropic-messages/format-request.ts'
import { formatResponse } from './anthropic-messages/format-response.ts'
import { parseRequest } from './anthropic-messages/parse-request.ts'
import { parseResponse } from './anthropic-messages/parse-response.ts'

/**
 * Anthropic's Messages API.
 * @see https://docs.anthropic.com/en/api/messages
 */
export const anthropicMessages: WireFormat = {
  id: formatId,
  turns: 'messages',
  path: () => '/messages',
  parseRequest,
  formatResponse,
  createEncoder,
  formatError,
  formatRequest,
  parseResponse,
  createDecoder,
  isOutputOnly: (data) => data.startsWith('{"type":"content_block_delta"'),
}
