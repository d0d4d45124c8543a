import { WireError } from '../wire-error.ts'
import type { WireFormat } from '../wire-format.ts'
import { createDecoder } from './replicate-prediction/create-decoder.ts'
import { formatRequest } from './replicate-prediction/format-request.ts'
import { parseResponse } from './replicate-prediction/parse-response.ts'

function refuse(): never {
  throw new WireError('unsupported', 'Chat cannot be asked for in the form of a prediction: use another chat format.')
}

/**
 * Replicate's predictions, for language models: one prompt in, text out. Nobody asks for chat in it, so it has an
 * upstream side only.
 * @see https://replicate.com/docs/reference/http#predictions.create
 */
export const replicatePrediction: WireFormat = {
  id: 'replicate-prediction',
  turns: 'input',
  path: (model) => `/models/${model}/predictions`,
  parseRequest: refuse,
  formatResponse: refuse,
  createEncoder: refuse,
  formatError: ({ status, type, message }) => ({ title: type, detail: message, status }),
  formatRequest,
  parseResponse,
  createDecoder,
}
