import type { WireFormat } from '../wire-format.ts'
import { createDecoder } from './bedrock-converse/create-decoder.ts'
import { createEncoder } from './bedrock-converse/create-encoder.ts'
import { formatError } from './bedrock-converse/format-error.ts'
import { formatId } from './bedrock-converse/format-id.ts'
import { formatRequest } from './bedrock-converse/format-request.ts'
import { formatResponse } from './bedrock-converse/format-response.ts'
import { parseRequest } from './bedrock-converse/parse-request.ts'
import { parseResponse } from './bedrock-converse/parse-response.ts'

/**
 * Amazon Bedrock's Converse API. Its streams come in binary frames; what this writes for callers are server-sent events.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export const bedrockConverse: WireFormat = {
  id: formatId,
  turns: 'messages',
  framing: 'aws-eventstream',
  path: (model, stream) => `/model/${encodeURIComponent(model)}/${stream ? 'converse-stream' : 'converse'}`,
  parseRequest,
  formatResponse,
  createEncoder,
  formatError,
  formatRequest,
  parseResponse,
  createDecoder,
}
