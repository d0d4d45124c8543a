import type { WireFormat } from '../wire-format.ts'
import { createDecoder } from './ollama-chat/create-decoder.ts'
import { createEncoder } from './ollama-chat/create-encoder.ts'
import { formatError } from './ollama-chat/format-error.ts'
import { formatId } from './ollama-chat/format-id.ts'
import { formatRequest } from './ollama-chat/format-request.ts'
import { formatResponse } from './ollama-chat/format-response.ts'
import { isOutputOnly } from './ollama-chat/is-output-only.ts'
import { parseRequest } from './ollama-chat/parse-request.ts'
import { parseResponse } from './ollama-chat/parse-response.ts'

/**
 * Ollama's own chat API. Without a word about it, its callers want a stream.
 * @see https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-chat-completion
 */
export const ollamaChat: WireFormat = {
  id: formatId,
  turns: 'messages',
  framing: 'ndjson',
  streamsByDefault: true,
  path: () => '/api/chat',
  parseRequest,
  formatResponse,
  createEncoder,
  formatError,
  formatRequest,
  parseResponse,
  createDecoder,
  isOutputOnly,
}
