import { ApiError, GoogleGenAI, type GenerateContentResponse, type Part } from '@google/genai'
import { objectOf, parseObject } from '../../src/json.ts'
import { geminiGenerate } from '../../src/wire/gemini-generate.ts'
import { withGlobalFetch } from './with-global-fetch.ts'
import type { HeardAnswer, SdkClient } from './sdk-client.ts'

const request = { model: 'the-model', contents: 'Hi' }
const models = new GoogleGenAI({ apiKey: 'key' }).models

/** The `@google/genai` package. */
export const geminiClient: SdkClient = {
  name: '@google/genai',
  format: geminiGenerate,
  finish: {
    stop: ['STOP'],
    length: ['MAX_TOKENS'],
    tool_calls: ['STOP'],
    function_call: ['STOP'],
    content_filter: ['SAFETY', 'RECITATION'],
  },
  answer: (fetch) => withGlobalFetch(fetch, async () => toHeard([await models.generateContent(request)])),
  stream: (fetch) =>
    withGlobalFetch(fetch, async () => toHeard(await Array.fromAsync(await models.generateContentStream(request)))),
  readError: (error) => {
    if (!(error instanceof ApiError)) throw error
    // Errors of streams have words before the body.
    const body = error.message.slice(error.message.indexOf('{'))
    const said = objectOf(parseObject(body)?.['error'])
    return { status: error.status, message: String(said?.['message']), code: said?.['status'] }
  },
  codeOf: ({ error }) => objectOf(error)?.['status'],
}

function toHeard(answers: readonly GenerateContentResponse[]): HeardAnswer {
  const candidates = answers.flatMap((answer) => answer.candidates?.find(({ index = 0 }) => index === 0) ?? [])
  const parts = candidates.flatMap(({ content }) => content?.parts ?? [])
  const block = answers.at(-1)?.promptFeedback
  const usage = answers.findLast(({ usageMetadata }) => usageMetadata)?.usageMetadata
  const { candidatesTokenCount: said = 0, thoughtsTokenCount: thought = 0 } = usage ?? {}
  return {
    text: block?.blockReasonMessage ?? textOf(parts, false),
    reasoning: textOf(parts, true),
    toolCalls: parts.flatMap(({ functionCall: call }) =>
      call ? [{ name: call.name ?? '', arguments: call.args ?? {} }] : [],
    ),
    finishReason: candidates.findLast(({ finishReason }) => finishReason)?.finishReason ?? block?.blockReason ?? '',
    usage: {
      input: usage?.promptTokenCount,
      output: usage && said + thought,
      cached: usage?.cachedContentTokenCount,
      reasoning: usage?.thoughtsTokenCount,
    },
  }
}

function textOf(parts: readonly Part[], isThought: boolean): string {
  return parts.map(({ text = '', thought = false }) => (thought === isThought ? text : '')).join('')
}
