import type { WireFormat } from '../wire-format.ts'
import { createDecoder } from './workers-ai/create-decoder.ts'
import { createEncoder } from './workers-ai/create-encoder.ts'
import { formatError } from './workers-ai/format-error.ts'
import { formatId } from './workers-ai/format-id.ts'
import { formatPath } from './workers-ai/format-path.ts'
import { formatRequest } from './workers-ai/format-request.ts'
import { formatResponse } from './workers-ai/format-response.ts'
import { parseRequest } from './workers-ai/parse-request.ts'
import { parseResponse } from './workers-ai/parse-response.ts'

/**
 * Workers AI's native dialect, `POST …/ai/run/@cf/…`. Answers are read with or without the REST API's envelope, in the
 * native shape, as a chat completion or as a Responses object, as the models differ.
 * @see https://developers.cloudflare.com/workers-ai/
 */
export const workersAI: WireFormat = {
  id: formatId,
  turns: 'messages',
  path: formatPath,
  parseRequest,
  formatResponse,
  createEncoder,
  formatError,
  formatRequest,
  parseResponse,
  createDecoder,
}
