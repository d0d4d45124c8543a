import type { ContentPart } from '../chat.ts'
import { numberOf, objectOf, objectsOf, stringOf, type Json, type JsonObject } from '../json.ts'
import { unreadFields } from '../tasks/unread-fields.ts'
import { WireError } from '../wire-error.ts'
import { camelKeys } from '../wire/gemini-generate/camel-keys.ts'
import { toStandardBase64 } from '../wire/gemini-generate/to-standard-base64.ts'
import type {
  EmbeddingInput,
  EmbeddingsAnswer,
  EmbeddingsFormat,
  EmbeddingsRequest,
  EmbeddingTask,
} from './embeddings.ts'
import { isTokens } from './only-texts-or-tokens.ts'
import { someVectors } from './some-vectors.ts'
import { onlyTexts } from './only-texts.ts'

const tasks = new Map<Json | undefined, EmbeddingTask>([
  ['RETRIEVAL_QUERY', 'search_query'],
  ['RETRIEVAL_DOCUMENT', 'search_document'],
  ['CLASSIFICATION', 'classification'],
  ['CLUSTERING', 'clustering'],
])
const taskTypes = new Map([...tasks].map(([type, task]) => [task, type]))

const known: ReadonlySet<string> = new Set(['model', 'content', 'taskType', 'outputDimensionality'])

/**
 * Gemini's `batchEmbedContents`, and `embedContent` for a single input.
 * @see https://ai.google.dev/api/embeddings
 */
export const geminiEmbed: EmbeddingsFormat = {
  id: 'gemini-embed',
  path: ({ model, isList }) => `/models/${bare(model)}:${isList ? 'batchEmbedContents' : 'embedContent'}`,
  parseRequest,
  formatResponse: ({ vectors, usage }, { isList }) => {
    const values = vectors.map((vector) => ({ values: vector }))
    return {
      ...(isList ? { embeddings: values } : { embedding: values[0] ?? { values: [] } }),
      ...(usage && { usageMetadata: { promptTokenCount: usage.prompt_tokens, totalTokenCount: usage.total_tokens } }),
    }
  },
  rename: ({ requests, ...body }, model) => ({
    ...nameIn(body, model),
    ...(requests !== undefined && { requests: objectsOf(requests).map((request) => nameIn(request, model)) }),
  }),
  formatRequest: (request) => {
    const requests = request.inputs.map((input) => formatInput(input, request))
    return { body: request.isList ? { requests } : { ...requests[0] }, warnings: [...request.unread] }
  },
  parseResponse,
}

function formatInput(input: EmbeddingInput, { model, task, dimensions }: EmbeddingsRequest): JsonObject {
  return {
    model: `models/${bare(model)}`,
    content: { parts: formatParts(input) },
    ...(task && { taskType: taskTypes.get(task) }),
    ...(dimensions !== undefined && { outputDimensionality: dimensions }),
  }
}

const nameIn = (body: JsonObject, model: string): JsonObject =>
  'model' in body ? { ...body, model: `models/${bare(model)}` } : body

const bare = (model: string): string => model.replace(/^models\//, '')

function parseRequest(body: JsonObject, model = ''): EmbeddingsRequest {
  const isList = Array.isArray(body['requests'])
  const requests = (isList ? objectsOf(body['requests']) : [body]).map((request) => camelKeys(request))
  const [first] = requests
  if (!first) throw new WireError('invalid_request', '`requests` is empty: send at least one.', 'requests')
  const [dimensions, ...otherDimensions] = distinct(requests, 'outputDimensionality')
  const [taskType, ...otherTasks] = distinct(requests, 'taskType')
  if (otherDimensions.length + otherTasks.length > 0) {
    const field = otherTasks.length > 0 ? 'taskType' : 'outputDimensionality'
    throw new WireError('unsupported', `All requests of a batch must have the same \`${field}\` here.`, 'requests')
  }
  const task = tasks.get(taskType)
  const size = numberOf(dimensions)
  return {
    model,
    inputs: requests.map(parseInput),
    isList,
    ...(size !== undefined && { dimensions: size }),
    ...(task && { task }),
    unread: [
      ...new Set(requests.flatMap((request) => unreadFields(request, known))),
      ...(taskType !== undefined && !task ? ['taskType'] : []),
    ],
  }
}

function distinct(requests: readonly JsonObject[], field: string): (Json | undefined)[] {
  return [...new Set(requests.map((request) => request[field]))]
}

function parseInput({ content }: JsonObject, index: number): EmbeddingInput {
  const parts = objectsOf(objectOf(content)?.['parts']).map(parsePart)
  if (parts.length === 0)
    throw new WireError('invalid_request', `\`content.parts\` of request ${index} is empty.`, 'content')
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []))
  return texts.length === parts.length ? texts.join('\n') : parts
}

function parsePart(part: JsonObject): ContentPart {
  const { text, inlineData } = camelKeys(part)
  if (typeof text === 'string') return { type: 'text', text }
  const { mimeType, data } = objectOf(inlineData) ?? {}
  if (typeof data === 'string')
    return {
      type: 'image_url',
      image_url: { url: `data:${stringOf(mimeType) ?? ''};base64,${toStandardBase64(data)}` },
    }
  throw new WireError('unsupported', 'Parts to embed must have `text` or `inlineData`.', 'content')
}

function formatParts(input: EmbeddingInput): JsonObject[] {
  if (typeof input === 'string' || isTokens(input)) return onlyTexts([input]).map((text) => ({ text }))
  return input.map((part) => {
    if (typeof part === 'object' && part.type === 'text') return { text: part.text }
    const url = typeof part === 'object' && part.type === 'image_url' ? part.image_url.url : ''
    const [, mimeType, data] = /^data:([^;,]+);base64,(.*)$/s.exec(url) ?? []
    if (mimeType === undefined) throw new WireError('unsupported', 'Images to embed must be `data:` URLs.', 'input')
    return { inlineData: { mimeType, data } }
  })
}

function parseResponse(body: JsonObject): EmbeddingsAnswer {
  const single = objectOf(body['embedding'])
  const embeddings = single ? [single] : objectsOf(body['embeddings'])
  const tokens = numberOf(objectOf(body['usageMetadata'])?.['promptTokenCount'])
  return {
    vectors: someVectors(embeddings.map(({ values }) => values)),
    ...(tokens !== undefined && { usage: { prompt_tokens: tokens, completion_tokens: 0, total_tokens: tokens } }),
  }
}
