import type { Call } from '../format.ts'
import { Rejection } from '../format.ts'
import { geminiGenerate } from '../formats/gemini-generate.ts'
import { array, number, object, oneOf, string } from '../shape.ts'
import type { Static } from '../shape.ts'
import { countAttachment, countWords } from '../usage.ts'
import { embedText } from './embed-text.ts'
import type { Task } from './task.ts'

const part = object({}, { text: string, inlineData: object({ mimeType: string, data: string }) })
const fields = { content: object({ parts: array(part, { min: 1 }) }, { role: string }) }
const optional = {
  title: string,
  outputDimensionality: number({ min: 1, max: 3072, integer: true }),
  taskType: oneOf(
    'TASK_TYPE_UNSPECIFIED',
    'RETRIEVAL_QUERY',
    'RETRIEVAL_DOCUMENT',
    'SEMANTIC_SIMILARITY',
    'CLASSIFICATION',
    'CLUSTERING',
    'QUESTION_ANSWERING',
    'FACT_VERIFICATION',
    'CODE_RETRIEVAL_QUERY',
  ),
}
const single = object(fields, { ...optional, model: string })
const batch = object({ requests: array(object({ ...fields, model: string }, optional), { min: 1, max: 100 }) })

type EmbedCall = Static<typeof single>

/** Gemini's embedContent, which has one content. */
export const geminiEmbedContent: Task = {
  id: 'gemini-embed-content',
  path: /\/models\/([^/]+):embedContent$/,
  format: geminiGenerate,
  answer: ({ body, model }) => {
    if (!single.accepts(body, [])) throw new TypeError('A shape answers true or throws')
    return { embedding: embed(body), ...usageOf([body], model) }
  },
}

/** Gemini's batchEmbedContents; each request repeats the model of the path. */
export const geminiBatchEmbedContents: Task = {
  id: 'gemini-batch-embed-contents',
  path: /\/models\/([^/]+):batchEmbedContents$/,
  format: geminiGenerate,
  answer: (call) => {
    const requests = parseBatch(call)
    return { embeddings: requests.map(embed), ...usageOf(requests, call.model) }
  },
}

function parseBatch({ body, path }: Call): EmbedCall[] {
  if (!batch.accepts(body, [])) throw new TypeError('A shape answers true or throws')
  const inPath = decodeURIComponent(path.replace(/^.*\/models\/|:batchEmbedContents$/g, ''))
  const other = body.requests.findIndex(({ model }) => model !== `models/${inPath}`)
  if (other === -1) return body.requests
  throw new Rejection(`* BatchEmbedContentsRequest.requests[${other}].model: model must be the same as in the parent.`)
}

function embed({ content: { parts }, outputDimensionality }: EmbedCall): { values: number[] } {
  return { values: embedText(parts.map(({ text = '' }) => text).join('\n'), outputDimensionality) }
}

/** The first generation of models tells no usage. */
function usageOf(requests: readonly EmbedCall[], model: string): object {
  if (!/embedding-[2-9]/.test(model)) return {}
  const tokens = requests.flatMap(({ content }) => content.parts).reduce((sum, each) => sum + countPart(each), 0)
  return { usageMetadata: { promptTokenCount: tokens, totalTokenCount: tokens } }
}

function countPart({ text = '', inlineData }: Static<typeof part>): number {
  return countWords(text) + (inlineData ? countAttachment(inlineData.mimeType) : 0)
}
