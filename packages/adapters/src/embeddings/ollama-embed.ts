import { numberOf, stringOf, stringsOf, type JsonObject } from '../json.ts'
import { unreadFields } from '../tasks/unread-fields.ts'
import { WireError } from '../wire-error.ts'
import type { EmbeddingsAnswer, EmbeddingsFormat, EmbeddingsRequest } from './embeddings.ts'
import { someVectors } from './some-vectors.ts'
import { onlyTexts } from './only-texts.ts'

const known: ReadonlySet<string> = new Set(['model', 'input', 'prompt', 'dimensions', 'keep_alive'])

/**
 * Ollama's `/api/embed`, and for callers the older `/api/embeddings`, which has one `prompt` and answers one vector.
 * @see https://github.com/ollama/ollama/blob/main/docs/api.md#generate-embeddings
 */
export const ollamaEmbed: EmbeddingsFormat = {
  id: 'ollama-embed',
  path: () => '/api/embed',
  parseRequest,
  formatResponse: ({ vectors, model, usage }, request) =>
    request.isList
      ? { model: model ?? request.model, embeddings: vectors, prompt_eval_count: usage?.prompt_tokens ?? 0 }
      : { embedding: vectors[0] ?? [] },
  formatRequest: ({ model, inputs, dimensions, task, unread }) => ({
    body: { model, input: onlyTexts(inputs), ...(dimensions !== undefined && { dimensions }) },
    warnings: [...(task === undefined ? [] : ['input_type']), ...unread],
  }),
  parseResponse,
}

function parseRequest(body: JsonObject, model = stringOf(body['model'])): EmbeddingsRequest {
  const { input, prompt } = body
  const inputs = typeof input === 'string' ? [input] : stringsOf(input)
  const dimensions = numberOf(body['dimensions'])
  const isList = prompt === undefined
  if (isList && inputs.length === 0)
    throw new WireError('invalid_request', '`input` must be a string or an array of strings.', 'input')
  return {
    model: model ?? '',
    inputs: isList ? inputs : [stringOf(prompt) ?? ''],
    isList,
    ...(dimensions !== undefined && { dimensions }),
    unread: unreadFields(body, known),
  }
}

function parseResponse(body: JsonObject): EmbeddingsAnswer {
  const { embedding, embeddings } = body
  const vectors = someVectors(embedding === undefined ? (Array.isArray(embeddings) ? embeddings : []) : [embedding])
  const tokens = numberOf(body['prompt_eval_count'])
  const model = stringOf(body['model'])
  return {
    vectors,
    ...(model !== undefined && { model }),
    ...(tokens !== undefined && { usage: { prompt_tokens: tokens, completion_tokens: 0, total_tokens: tokens } }),
  }
}
