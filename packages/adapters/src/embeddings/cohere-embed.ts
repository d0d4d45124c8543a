import type { ContentPart } from '../chat.ts'
import { numberOf, objectOf, objectsOf, stringOf, stringsOf, type Json, type JsonObject } from '../json.ts'
import { unreadFields } from '../tasks/unread-fields.ts'
import { WireError } from '../wire-error.ts'
import { taskOf } from './embedding-task.ts'
import type { EmbeddingInput, EmbeddingsAnswer, EmbeddingsFormat, EmbeddingsRequest } from './embeddings.ts'
import { isTokens } from './only-texts-or-tokens.ts'
import { someVectors } from './some-vectors.ts'
import { onlyTexts } from './only-texts.ts'

const known: ReadonlySet<string> = new Set([
  'model',
  'texts',
  'images',
  'inputs',
  'input_type',
  'embedding_types',
  'output_dimension',
])

/**
 * Cohere's v2 embed. `input_type` is mandatory there: what is not said is a document.
 * @see https://docs.cohere.com/reference/embed
 */
export const cohereEmbed: EmbeddingsFormat = {
  id: 'cohere-embed',
  path: () => '/embed',
  parseRequest,
  formatResponse: ({ id, vectors, usage }) => ({
    id: id ?? '',
    embeddings: { float: vectors },
    response_type: 'embeddings_by_type',
    meta: { api_version: { version: '2' }, billed_units: { input_tokens: usage?.prompt_tokens ?? 0 } },
  }),
  formatRequest: ({ model, inputs, dimensions, task = 'search_document', unread }) => ({
    body: {
      model,
      ...formatInputs(inputs),
      input_type: task,
      embedding_types: ['float'],
      ...(dimensions !== undefined && { output_dimension: dimensions }),
    },
    warnings: [...unread],
  }),
  parseResponse,
}

function parseRequest(body: JsonObject, model = stringOf(body['model'])): EmbeddingsRequest {
  const types = stringsOf(body['embedding_types'])
  if (types.some((type) => type !== 'float'))
    throw new WireError('unsupported', 'Only `embedding_types: ["float"]` can be translated.', 'embedding_types')
  const task = taskOf(body['input_type'])
  const dimensions = numberOf(body['output_dimension'])
  const inputs = [
    ...stringsOf(body['texts']),
    ...stringsOf(body['images']).map(imageInput),
    ...objectsOf(body['inputs']).map(parseInput),
  ]
  if (inputs.length === 0)
    throw new WireError('invalid_request', 'Send at least one of `texts`, `images` or `inputs`.', 'texts')
  return {
    model: model ?? '',
    inputs,
    isList: true,
    ...(dimensions !== undefined && { dimensions }),
    ...(task && { task }),
    unread: unreadFields(body, known),
  }
}

const imageInput = (url: string): EmbeddingInput => [{ type: 'image_url', image_url: { url } }]

function parseInput({ content }: JsonObject): EmbeddingInput {
  return objectsOf(content).map((part): ContentPart => {
    const text = stringOf(part['text'])
    if (text !== undefined) return { type: 'text', text }
    return { type: 'image_url', image_url: { url: stringOf(objectOf(part['image_url'])?.['url']) ?? '' } }
  })
}

/** Texts alone, or mixed content where there are images. */
function formatInputs(inputs: readonly EmbeddingInput[]): JsonObject {
  const isText = inputs.every((input) => typeof input === 'string' || isTokens(input))
  if (isText) return { texts: onlyTexts(inputs) }
  return { inputs: inputs.map((input) => ({ content: formatContent(input) })) }
}

function formatContent(input: EmbeddingInput): Json[] {
  if (typeof input === 'string') return [{ type: 'text', text: input }]
  if (isTokens(input)) return onlyTexts([input])
  return input.map((part): Json => {
    if (typeof part === 'object' && part.type === 'text') return { type: 'text', text: part.text }
    if (typeof part === 'object' && part.type === 'image_url')
      return { type: 'image_url', image_url: { url: part.image_url.url } }
    throw new WireError('unsupported', 'This model embeds text and images only.', 'input')
  })
}

function parseResponse(body: JsonObject): EmbeddingsAnswer {
  const { embeddings } = body
  const floats = Array.isArray(embeddings) ? embeddings : objectOf(embeddings)?.['float']
  const vectors = someVectors(Array.isArray(floats) ? floats : [])
  const units = objectOf(objectOf(body['meta'])?.['billed_units'])
  const tokens = (numberOf(units?.['input_tokens']) ?? 0) + (numberOf(units?.['image_tokens']) ?? 0)
  const id = stringOf(body['id'])
  return {
    vectors,
    ...(id !== undefined && { id }),
    ...(units && { usage: { prompt_tokens: tokens, completion_tokens: 0, total_tokens: tokens } }),
  }
}
