import { isObject, numberOf, objectsOf, stringOf, type Json, type JsonObject } from '../json.ts'
import { unreadFields } from '../tasks/unread-fields.ts'
import { WireError } from '../wire-error.ts'
import { parseUsage } from '../wire/openai-chat/parse-usage.ts'
import { decodeVector, encodeVector } from './base64-vector.ts'
import type { EmbeddingInput, EmbeddingsAnswer, EmbeddingsFormat, EmbeddingsRequest } from './embeddings.ts'
import { taskOf } from './embedding-task.ts'
import { someVectors } from './some-vectors.ts'
import { isTokens, onlyTextsOrTokens } from './only-texts-or-tokens.ts'

const known: ReadonlySet<string> = new Set(['model', 'input', 'dimensions', 'encoding_format', 'input_type'])

/**
 * OpenAI's embeddings, which most vendors speak.
 * @see https://platform.openai.com/docs/api-reference/embeddings
 */
export const openaiEmbeddings: EmbeddingsFormat = {
  id: 'openai-embeddings',
  path: () => '/embeddings',
  parseRequest,
  formatResponse,
  formatRequest: ({ model, inputs, dimensions, encoding, task, unread }) => ({
    body: {
      model,
      input: onlyTextsOrTokens(inputs),
      ...(dimensions !== undefined && { dimensions }),
      ...(encoding !== undefined && { encoding_format: encoding }),
    },
    warnings: [...(task === undefined ? [] : ['input_type']), ...unread],
  }),
  parseResponse,
}

function parseRequest(body: JsonObject, model = stringOf(body['model'])): EmbeddingsRequest {
  const { input, encoding_format: encoding, dimensions } = body
  if (encoding !== undefined && encoding !== null && encoding !== 'float' && encoding !== 'base64')
    throw new WireError('invalid_request', '`encoding_format` must be "float" or "base64".', 'encoding_format')
  if (dimensions !== undefined && dimensions !== null && !(Number.isInteger(dimensions) && Number(dimensions) > 0))
    throw new WireError('invalid_request', '`dimensions` must be a whole number above 0.', 'dimensions')
  const task = taskOf(body['input_type'])
  return {
    model: model ?? '',
    inputs: parseInputs(input),
    isList: true,
    ...(typeof dimensions === 'number' && { dimensions }),
    ...(encoding && { encoding }),
    ...(task && { task }),
    unread: unreadFields(body, known),
  }
}

function parseInputs(input: Json | undefined): EmbeddingInput[] {
  if (typeof input === 'string') return [input]
  if (Array.isArray(input) && input.length === 0)
    throw new WireError('invalid_request', '`input` is empty: send at least one text.', 'input')
  if (isTokens(input)) return [input]
  const items = Array.isArray(input) ? input : []
  const inputs = items.filter((item) => typeof item === 'string' || isTokens(item))
  if (inputs.length > 0 && inputs.length === items.length) return inputs
  throw new WireError(
    'invalid_request',
    '`input` must be a string, an array of strings, or an array of tokens or of token arrays.',
    'input',
  )
}

function parseResponse(body: JsonObject): EmbeddingsAnswer {
  const data = objectsOf(body['data'])
  const sorted = data.every((item) => numberOf(item['index']) !== undefined)
    ? data.toSorted((a, b) => Number(a['index']) - Number(b['index']))
    : data
  const usage = isObject(body['usage']) ? parseUsage(body['usage']) : undefined
  const model = stringOf(body['model'])
  return {
    vectors: someVectors(
      sorted.map(({ embedding }) => (typeof embedding === 'string' ? decodeVector(embedding) : embedding)),
    ),
    ...(model !== undefined && { model }),
    ...(usage && { usage }),
  }
}

function formatResponse({ vectors, model, usage }: EmbeddingsAnswer, request: EmbeddingsRequest): JsonObject {
  const { prompt_tokens = 0, total_tokens = prompt_tokens, cost } = usage ?? {}
  return {
    object: 'list',
    data: vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: request.encoding === 'base64' ? encodeVector(vector) : vector,
    })),
    model: model ?? request.model,
    usage: { prompt_tokens, total_tokens, ...(cost !== undefined && { cost }) },
  }
}
