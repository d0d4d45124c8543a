import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Annotation, ChatChunk, ChatResponse, Choice, ToolCall } from '../../../chat.ts'
import { createSseDecoder } from '../../../decode-stream.ts'
import { isObject, objectOf, parseObject, type JsonObject } from '../../../json.ts'
import type { StreamItem, WireContext, WireFormat } from '../../../wire-format.ts'

/** Recorded provider traffic, which lies beside the repository where it is at hand. */
const root = fileURLToPath(new URL('../../../../../../../shared/corpus', import.meta.url))

export const hasCorpus = existsSync(root)

export interface CorpusCase {
  id: string
  api: string
  features: string[]
  request?: { body?: JsonObject; url?: string }
  openaiRequest?: JsonObject
  response: { status: number; body?: JsonObject; sse?: string }
  expect: Expectation
}

interface Expectation {
  id?: string
  model?: string
  text: string
  reasoning?: string
  toolCalls?: { id?: string; name: string; arguments: JsonObject }[]
  citations?: number
  groundingChunks?: number
  inlineMedia?: { mimeType: string }[]
  stopSequence?: string
  finishReason: { native: string | null; openai: string | null }
  usage?: {
    input: number
    output: number
    total: number
    cachedInput?: number
    cacheWrite?: number
    reasoning?: number
  }
  perChoice?: Expectation[]
  request?: JsonObject
}

/** The recorded cases of one API and the steps of its scenarios, errors left out. */
export function readCorpus(provider: string, api: string): CorpusCase[] {
  if (!hasCorpus) return []
  const steps = readFiles<Scenario>('scenarios')
    .filter((scenario) => scenario.provider === provider)
    .flatMap(({ id, steps }) => steps.map((step, index) => ({ ...step, id: `${id} step ${index + 1}` })))
  return [...readFiles<CorpusCase>(provider), ...steps].filter(
    (recorded) => recorded.api === api && recorded.response.status < 300,
  )
}

interface Scenario {
  id: string
  provider: string
  steps: CorpusCase[]
}

function readFiles<T>(folder: string): T[] {
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith('.json') && file !== 'index.json')
  return files.map((file): T => JSON.parse(readFileSync(join(root, folder, file), 'utf8')))
}

export function createContext(model = 'the-model'): WireContext {
  let ids = 0
  return {
    model,
    now: () => 1_700_000_000_000,
    createId: () => {
      ids += 1
      return `id${ids}`
    },
  }
}

/** Decodes a stream whose bytes come in pieces of `size`. */
export function decodeStream(
  format: WireFormat,
  sse: string,
  size: number,
): { items: StreamItem[]; finished: boolean } {
  const bytes = new TextEncoder().encode(sse)
  const events = createSseDecoder()
  const decoder = format.createDecoder(createContext())
  const items: StreamItem[] = []
  for (let start = 0; start < bytes.length; start += size) {
    for (const event of events.push(bytes.subarray(start, start + size))) items.push(...decoder.push(event))
  }
  for (const event of events.end()) items.push(...decoder.push(event))
  items.push(...decoder.end())
  return { items, finished: decoder.finished }
}

export function chunksOf(items: StreamItem[]): ChatChunk[] {
  return items.map((item) => {
    if (item.type === 'error') throw new Error(item.error.message)
    return item.chunk
  })
}

/** What a client makes of chunks, and the rules that every stream of chunks obeys. */
export function collect(chunks: ChatChunk[]): ChatResponse {
  const [first] = chunks
  if (!first) throw new Error('The stream has no chunks.')
  const choices = new Map<number, Choice>()
  const endings = new Map<number, number>()
  let usage: ChatResponse['usage']
  for (const chunk of chunks) {
    if (chunk.id !== first.id || chunk.created !== first.created || chunk.model !== first.model) {
      throw new Error('id, created and model must be the same in each chunk.')
    }
    if (chunk.usage) usage = chunk.usage
    for (const { index, delta, finish_reason, native_finish_reason, stop_sequence, logprobs } of chunk.choices) {
      const known = choices.get(index)
      if (!known && delta.role !== 'assistant') throw new Error('The first chunk of a choice needs a role.')
      const choice: Choice = known ?? {
        index,
        message: { role: 'assistant', content: '', refusal: null },
        finish_reason: 'stop',
      }
      choices.set(index, choice)
      const { message } = choice
      if (delta.content) message.content = `${String(message.content)}${delta.content}`
      if (delta.refusal) message.refusal = (message.refusal ?? '') + delta.refusal
      if (delta.reasoning_content)
        message.reasoning_content = (message.reasoning_content ?? '') + delta.reasoning_content
      if (delta.reasoning_details)
        message.reasoning_details = [...(message.reasoning_details ?? []), ...delta.reasoning_details]
      if (delta.annotations) message.annotations = [...(message.annotations ?? []), ...delta.annotations]
      if (delta.images) message.images = [...(message.images ?? []), ...delta.images]
      if (delta.audio) message.audio = delta.audio
      if (logprobs !== undefined) choice.logprobs = logprobs
      for (const call of delta.tool_calls ?? []) {
        const calls: ToolCall[] = (message.tool_calls ??= [])
        const open = calls[call.index]
        if (open) {
          open.function.arguments += call.function?.arguments ?? ''
          if (call.extra_content) open.extra_content = call.extra_content
        } else {
          if (call.index !== calls.length || !call.id) throw new Error('Tool calls need dense indexes and ids.')
          calls.push({
            id: call.id,
            type: 'function',
            function: { name: call.function?.name ?? '', arguments: call.function?.arguments ?? '' },
            ...(call.extra_content && { extra_content: call.extra_content }),
          })
        }
      }
      if (finish_reason === null) continue
      choice.finish_reason = finish_reason
      endings.set(index, (endings.get(index) ?? 0) + 1)
      if (native_finish_reason !== undefined) choice.native_finish_reason = native_finish_reason
      if (stop_sequence !== undefined) choice.stop_sequence = stop_sequence
    }
  }
  for (const [index, choice] of choices) {
    if (endings.get(index) !== 1) throw new Error(`Choice ${index} has ${endings.get(index) ?? 0} finish reasons.`)
    if (choice.message.content === '' && choice.message.tool_calls) choice.message.content = null
  }
  const { id, created, model } = first
  return {
    id,
    object: 'chat.completion',
    created,
    model,
    choices: [...choices.values()].sort((a, b) => a.index - b.index),
    ...(usage && { usage }),
  }
}

/** The facts of an answer under the corpus's names. */
export function factsOf(response: ChatResponse): JsonObject {
  const [choice] = response.choices
  const { usage } = response
  return {
    text: textOf(choice),
    reasoning: choice?.message.reasoning_content ?? '',
    toolCalls: (choice?.message.tool_calls ?? []).map(({ id, function: called }) => ({
      id,
      name: called.name,
      arguments: parseObject(called.arguments) ?? null,
    })),
    finish: choice?.finish_reason ?? null,
    native: choice?.native_finish_reason ?? null,
    stopSequence: choice?.stop_sequence ?? null,
    images: (choice?.message.images ?? []).map(({ image_url }) => image_url.url),
    citations: choice?.message.annotations?.length ?? 0,
    details: (choice?.message.reasoning_details ?? []).map((detail) => ({ ...detail })),
    signatures: (choice?.message.tool_calls ?? []).map((call) => call.extra_content?.google?.thought_signature ?? null),
    usage: usage
      ? {
          input: usage.prompt_tokens,
          output: usage.completion_tokens,
          total: usage.total_tokens,
          cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
          cacheWrite: usage.prompt_tokens_details?.cache_write_tokens ?? 0,
          reasoning: usage.completion_tokens_details?.reasoning_tokens ?? 0,
        }
      : null,
  }
}

export const textOf = (choice: Choice | undefined): string => {
  const content = choice?.message.content ?? ''
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('')
}

/** The same facts as the corpus expects them, ids of calls where it knows them. */
export function expectedFacts({ expect }: CorpusCase, facts: JsonObject): JsonObject {
  const calls = Array.isArray(facts['toolCalls']) ? facts['toolCalls'] : []
  const { usage } = expect
  return {
    text: expect.text,
    reasoning: expect.reasoning ?? '',
    toolCalls: (expect.toolCalls ?? []).map((call, index) => ({
      id: call.id ?? objectOf(calls[index])?.['id'],
      name: call.name,
      arguments: call.arguments,
    })),
    finish: expect.finishReason.openai ?? 'stop',
    native: expect.finishReason.native,
    stopSequence: expect.stopSequence ?? null,
    usage: usage
      ? {
          input: usage.input,
          output: usage.output ?? 0,
          total: usage.total,
          cached: usage.cachedInput ?? 0,
          cacheWrite: usage.cacheWrite ?? 0,
          ...(usage.reasoning !== undefined && { reasoning: usage.reasoning }),
        }
      : null,
  }
}

/** Scalars of a tool result, sorted, so that wrappers don't count; JSON text counts as what it holds. */
export function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') {
    try {
      const parsed: unknown = JSON.parse(value)
      if (typeof parsed === 'object' && parsed !== null) return leavesOf(parsed)
    } catch {
      return [value]
    }
    return [value]
  }
  if (Array.isArray(value)) return value.flatMap(leavesOf).sort()
  if (isObject(value)) return Object.values(value).flatMap(leavesOf).sort()
  return value === undefined ? [] : [String(value)]
}

export const citedUrls = (annotations: Annotation[] = []): string[] => [
  ...new Set(
    annotations.map(({ url_citation, file_citation }) => url_citation?.url ?? file_citation?.quote ?? 'unnamed'),
  ),
]
