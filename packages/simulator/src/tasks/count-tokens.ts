import type { Call, Parsed } from '../format.ts'
import { Rejection } from '../format.ts'
import { anthropicMessages } from '../formats/anthropic-messages.ts'
import { geminiGenerate } from '../formats/gemini-generate.ts'
import { openaiResponses } from '../formats/openai-responses.ts'
import { any, isJson, json, object } from '../shape.ts'
import type { Task } from './task.ts'

/** Anthropic counts what a message would cost, and takes nothing that only shapes the answer. */
export const anthropicCountTokens: Task = {
  id: 'anthropic-count-tokens',
  path: /\/messages\/count_tokens$/,
  format: anthropicMessages,
  answer: (call) => {
    const body = without(call.body, ['max_tokens', 'stream', 'metadata', 'temperature', 'stop_sequences'])
    return { input_tokens: tokensOf(anthropicMessages.parse({ ...call, body: { ...body, max_tokens: 1_000_000 } })) }
  },
}

/** Gemini counts bare contents, or a whole request that names its model. */
export const geminiCountTokens: Task = {
  id: 'gemini-count-tokens',
  path: /\/models\/([^/]+):countTokens$/,
  format: geminiGenerate,
  answer: (call) => {
    const totalTokens = tokensOf(geminiGenerate.parse({ ...call, body: requestOf(call) }))
    return { totalTokens, promptTokensDetails: [{ modality: 'TEXT', tokenCount: totalTokens }] }
  },
}

/** OpenAI counts what a response would read. */
export const openaiCountTokens: Task = {
  id: 'openai-count-tokens',
  path: /\/responses\/input_tokens$/,
  format: openaiResponses,
  answer: (call) => {
    const body = without(call.body, ['max_output_tokens', 'stream', 'store', 'include'])
    return { object: 'response.input_tokens', input_tokens: tokensOf(openaiResponses.parse({ ...call, body })) }
  },
}

const tokensOf = ({ ask }: Parsed): number => ask.blocks.reduce((sum, { tokens }) => sum + tokens, 0)

function without(body: unknown, unknown: readonly string[]): Record<string, unknown> {
  if (!isJson(body)) throw new Rejection('The body must be an object.')
  const field = unknown.find((name) => name in body)
  if (field !== undefined) throw new Rejection(`${field}: Extra inputs are not permitted`, { param: field })
  return body
}

const geminiRequest = object({}, { contents: any, generateContentRequest: json })

function requestOf({ body }: Call): unknown {
  if (!geminiRequest.accepts(body, [])) throw new TypeError('A shape answers true or throws')
  const { contents, generateContentRequest: whole } = body
  if (!whole) return { contents }
  if (contents !== undefined) {
    throw new Rejection('Exactly one of contents and generate_content_request may be set.')
  }
  const { model, ...request } = whole
  if (typeof model === 'string' && model.startsWith('models/')) return request
  throw new Rejection('* CountTokensRequest.generate_content_request.model: unexpected model name format')
}
