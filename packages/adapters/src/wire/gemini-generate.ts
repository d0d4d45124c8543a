import type { WireFormat } from '../wire-format.ts'
import { createDecoder } from './gemini-generate/create-decoder.ts'
import { createEncoder } from './gemini-generate/create-encoder.ts'
import { formatError } from './gemini-generate/format-error.ts'
import { formatId } from './gemini-generate/format-id.ts'
import { formatRequest } from './gemini-generate/format-request.ts'
import { formatResponse } from './gemini-generate/format-response.ts'
import { parseRequest } from './gemini-generate/parse-request.ts'
import { parseResponse } from './gemini-generate/parse-response.ts'

/**
 * Google's generateContent, on AI Studio and Vertex.
 * @see https://ai.google.dev/api/generate-content
 */
export const geminiGenerate: WireFormat = {
  id: formatId,
  turns: 'contents',
  path: (model, stream) =>
    `/models/${model.replace(/^models\//, '')}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
  parseRequest,
  formatResponse,
  createEncoder,
  formatError,
  formatRequest,
  parseResponse,
  createDecoder,
}
