import {
  bedrockTokens,
  cohereEmbed,
  geminiEmbed,
  isObject,
  ollamaEmbed,
  openaiChat,
  vertexEmbed,
  WireError,
  type EmbeddingsFormat,
  type JsonObject,
} from '@gw/adapters'
import type { ReadAnswer } from '../streams/create-body-tap.ts'

/** Dialects of embeddings by how a native path ends; those that count in OpenAI's words need none. */
const embeddings: readonly [RegExp, EmbeddingsFormat][] = [
  [/:(?:embedContent|batchEmbedContents)$/, geminiEmbed],
  [/:predict$/, vertexEmbed],
  [/\/v[12]\/embed$/, cohereEmbed],
  [/\/api\/embed(?:dings)?$/, ollamaEmbed],
]

/** Reads what a JSON answer of any native call says that it counted; Bedrock says it in headers. */
export function readAnyUsage(path: string, headers: Headers): ReadAnswer {
  const format = embeddings.find(([ending]) => ending.test(`/${path}`))?.[1]
  return (body) => {
    const read = format ? readEmbeddings(format, body) : readWords(body)
    return { ...read, usage: read.usage ?? bedrockTokens(headers) }
  }
}

function readEmbeddings(format: EmbeddingsFormat, body: JsonObject): ReturnType<ReadAnswer> {
  try {
    const { usage, model } = format.parseResponse(body, { model: '', inputs: [], isList: true, unread: [] })
    return { usage, model, outputCharacters: 0 }
  } catch (error) {
    if (error instanceof WireError) return { usage: undefined, model: undefined, outputCharacters: 0 }
    throw error
  }
}

/** Counts in the words of OpenAI's chat or of its Responses API. */
function readWords(body: JsonObject): ReturnType<ReadAnswer> {
  const counts = isObject(body['usage']) ? body['usage'] : {}
  const usage = {
    ...counts,
    prompt_tokens: counts['prompt_tokens'] ?? counts['input_tokens'],
    completion_tokens: counts['completion_tokens'] ?? counts['output_tokens'] ?? 0,
    prompt_tokens_details: counts['prompt_tokens_details'] ?? counts['input_tokens_details'],
    completion_tokens_details: counts['completion_tokens_details'] ?? counts['output_tokens_details'],
  }
  const context = { model: '', now: () => 0, createId: () => '' }
  const parsed = openaiChat.parseResponse({ ...body, usage }, context)
  return { usage: parsed.usage, model: parsed.model === '' ? undefined : parsed.model, outputCharacters: 0 }
}
