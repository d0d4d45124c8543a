import { Rejection } from '../format.ts'
import { openaiChat } from '../formats/openai-chat.ts'
import { hash, uuidFrom } from '../hash.ts'
import { any, array, either, number, object, oneOf, open, refine, string } from '../shape.ts'
import { countWords } from '../usage.ts'
import { embedText } from './embed-text.ts'
import type { Task } from './task.ts'

const isTokens = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length > 0 && value.every((token) => Number.isInteger(token))

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

const input = refine(either(string, array(any, { min: 1, max: 2048 })), (value) => {
  if (typeof value === 'string') return value === '' ? 'a string that is not empty' : undefined
  const isRight = value.every(isText) || isTokens(value) || value.every(isTokens)
  return isRight ? undefined : 'texts or tokens, none of them empty'
})
const size = number({ min: 1, max: 4096, integer: true })
const encoding = oneOf('float', 'base64')
const required = { model: string, input }
const openaiRequest = object(required, { dimensions: size, encoding_format: encoding, user: string })
const mistralRequest = object(required, {
  output_dimension: size,
  output_dtype: oneOf('float'),
  encoding_format: oneOf('float'),
})
const anyRequest = open(required, { dimensions: size, encoding_format: encoding })

interface EmbeddingsCall {
  model: string
  input: string | unknown[]
  dimensions?: number
  encoding_format?: 'float' | 'base64'
}

/** OpenAI's embeddings, and those of vendors that follow it; Mistral has another word for the dimensions. */
export const openaiEmbeddings: Task = {
  id: 'openai-embeddings',
  path: /\/embeddings$/,
  format: openaiChat,
  answer: ({ body, provider, model }) => {
    const request = parse(body, provider)
    if (request.dimensions !== undefined && model === 'text-embedding-ada-002') {
      throw new Rejection('This model does not support specifying dimensions.')
    }
    const inputs = inputsOf(request.input)
    const tokens = inputs.reduce((sum, each) => sum + each.tokens, 0)
    return {
      ...(provider === 'mistral' && { id: uuidFrom(hash(JSON.stringify(body))) }),
      object: 'list',
      data: inputs.map(({ text }, index) => {
        const vector = embedText(text, request.dimensions)
        return {
          object: 'embedding',
          index,
          embedding: request.encoding_format === 'base64' ? toBase64(vector) : vector,
        }
      }),
      model,
      usage: { prompt_tokens: tokens, total_tokens: tokens, ...(provider === 'mistral' && { completion_tokens: 0 }) },
    }
  },
}

function parse(body: unknown, provider: string): EmbeddingsCall {
  if (provider === 'mistral' && mistralRequest.accepts(body, [])) {
    const { output_dimension: dimensions, ...request } = body
    return { ...request, ...(dimensions !== undefined && { dimensions }) }
  }
  const shape = provider === 'openai' || provider === 'azure-openai' ? openaiRequest : anyRequest
  if (shape.accepts(body, [])) return body
  throw new TypeError('A shape answers true or throws')
}

/** A token of an array stands for a word of its own. */
function inputsOf(value: string | unknown[]): { text: string; tokens: number }[] {
  const list: unknown[] = typeof value === 'string' || isTokens(value) ? [value] : value
  return list.map((each) =>
    isTokens(each)
      ? { text: each.join(' '), tokens: each.length }
      : { text: String(each), tokens: countWords(String(each)) },
  )
}

/** Little-endian 32-bit floats. */
function toBase64(vector: readonly number[]): string {
  const view = new DataView(new ArrayBuffer(vector.length * 4))
  for (const [index, value] of vector.entries()) view.setFloat32(index * 4, value, true)
  return btoa(String.fromCharCode(...new Uint8Array(view.buffer)))
}
