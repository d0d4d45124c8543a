import { tokens } from '../answer/build-answer.ts'
import type { Answer, ToolCall } from '../answer/build-answer.ts'
import type { Frame, Reply } from '../format.ts'
import { frame } from '../framing.ts'
import { hash, idFrom } from '../hash.ts'
import { isJson } from '../shape.ts'
import { promptTokens } from '../usage.ts'
import type { Usage } from '../usage.ts'
import type { ResponsesRequest } from './openai-responses-request.ts'
import { sign } from './signature.ts'
import { splitText } from './split-text.ts'

export interface ResponsesWriting {
  request: ResponsesRequest
  model: string
  /** Thoughts are shown in a summary only. */
  isOpenAi: boolean
}

type Json = Record<string, unknown>

/** The answer as one `response` object. */
export function toResponse(writing: ResponsesWriting, reply: Reply): Json {
  const [answer] = reply.answers
  const isCut = answer.finish === 'length'
  return {
    ...envelope(writing, reply),
    status: isCut ? 'incomplete' : 'completed',
    completed_at: reply.createdSeconds,
    incomplete_details: isCut ? { reason: 'max_output_tokens' } : null,
    output: itemsOf(writing, reply).map(({ item }) => item),
    usage: reply.usage ? toUsage(reply.usage) : null,
  }
}

/** The answer as the events of a response, numbered from 0. */
export function* toResponseFrames(writing: ResponsesWriting, reply: Reply): Iterable<Frame> {
  let number = 0
  const event = (kind: Frame['kind'], type: string, fields: Json): Frame =>
    frame(kind, { type, sequence_number: number++, ...fields }, type)
  const begun = { ...envelope(writing, reply), status: 'in_progress', output: [], usage: null }
  yield event('preamble', 'response.created', { response: begun })
  yield event('preamble', 'response.in_progress', { response: begun })
  for (const [index, { item, start, events }] of itemsOf(writing, reply).entries()) {
    yield event('preamble', 'response.output_item.added', { output_index: index, item: start })
    for (const [kind, type, fields] of events()) {
      yield event(kind, `response.${type}`, { item_id: item['id'], output_index: index, ...fields })
    }
    yield event('other', 'response.output_item.done', { output_index: index, item })
  }
  const response = toResponse(writing, reply)
  yield event('done', `response.${String(response['status'])}`, { response })
}

type Told = [kind: Frame['kind'], type: string, fields: Json]

interface Written {
  item: Json
  /** The item as it begins. */
  start: Json
  events(): Iterable<Told>
}

function itemsOf(writing: ResponsesWriting, { answers: [answer], seed }: Reply): Written[] {
  const hasThoughts = answer.reasoningTokens > 0 || writing.request.include?.includes('reasoning.encrypted_content')
  return [
    ...(hasThoughts ? [reasoningItem(writing, { answer, seed })] : []),
    ...(answer.calls.length > 0 || answer.text === '' ? [] : [messageItem(writing, { answer, seed })]),
    ...answer.calls.map((call) => callItem(writing, call)),
  ]
}

interface Place {
  answer: Answer
  seed: number
}

function reasoningItem({ request, isOpenAi }: ResponsesWriting, { answer, seed }: Place): Written {
  const id = `rs_${idFrom(hash('reasoning', seed), 48).toLowerCase()}`
  const wantsSecret = request.include?.includes('reasoning.encrypted_content') ?? false
  const secret = wantsSecret ? { encrypted_content: sign('openai', id) } : {}
  const start = { id, type: 'reasoning', summary: [], ...secret }
  if (answer.reasoning === '') return { item: start, start, events: () => [] }
  const words = isOpenAi ? summaryWords : textWords
  const part = { type: words.part, text: answer.reasoning }
  return {
    item: { ...start, [words.field]: [part] },
    start,
    *events() {
      yield ['preamble', words.added, { ...words.place, part: { ...part, text: '' } }]
      for (const delta of tokens(answer.reasoning)) yield ['token', `${words.stem}.delta`, { ...words.place, delta }]
      yield ['other', `${words.stem}.done`, { ...words.place, text: answer.reasoning }]
      yield ['other', words.ended, { ...words.place, part }]
    },
  }
}

const summaryWords = {
  field: 'summary',
  part: 'summary_text',
  place: { summary_index: 0 },
  stem: 'reasoning_summary_text',
  added: 'reasoning_summary_part.added',
  ended: 'reasoning_summary_part.done',
}
const textWords = {
  field: 'content',
  part: 'reasoning_text',
  place: { content_index: 0 },
  stem: 'reasoning_text',
  added: 'content_part.added',
  ended: 'content_part.done',
}

function messageItem({ request }: ResponsesWriting, { answer, seed }: Place): Written {
  const id = `msg_${idFrom(hash('message', seed), 48).toLowerCase()}`
  const isRefusal = answer.finish === 'refusal'
  const withLogprobs = request.include?.includes('message.output_text.logprobs') ?? false
  const logprobsOf = (pieces: Iterable<string>): Json[] =>
    withLogprobs ? logprobs(pieces, request.top_logprobs ?? 0) : []
  const annotations = answer.isCited ? [citation(answer.text)] : []
  const place = { content_index: 0 }
  const partOf = (text: string): Json =>
    isRefusal
      ? { type: 'refusal', refusal: text }
      : {
          type: 'output_text',
          annotations: text === '' ? [] : annotations,
          logprobs: text === '' ? [] : logprobsOf(answer.pieces()),
          text,
        }
  const head = { id, type: 'message', role: 'assistant' }
  const part = partOf(answer.text)
  const [stem, whole] = isRefusal ? ['refusal', 'refusal'] : ['output_text', 'text']
  return {
    item: { ...head, status: answer.finish === 'length' ? 'incomplete' : 'completed', content: [part] },
    start: { ...head, status: 'in_progress', content: [] },
    *events() {
      yield ['preamble', 'content_part.added', { ...place, part: partOf('') }]
      for (const delta of answer.pieces()) {
        yield ['token', `${stem}.delta`, { ...place, delta, ...(isRefusal ? {} : { logprobs: logprobsOf([delta]) }) }]
      }
      for (const [index, annotation] of annotations.entries()) {
        yield ['other', 'output_text.annotation.added', { ...place, annotation_index: index, annotation }]
      }
      const logs = isRefusal ? {} : { logprobs: logprobsOf(answer.pieces()) }
      yield ['other', `${stem}.done`, { ...place, [whole ?? 'text']: answer.text, ...logs }]
      yield ['other', 'content_part.done', { ...place, part }]
    },
  }
}

function citation({ length }: string): Json {
  const place = { start_index: 0, end_index: length }
  return { type: 'url_citation', ...place, title: 'Simulated source', url: 'https://example.com/source' }
}

function callItem({ request }: ResponsesWriting, { id, name, input, argumentsText }: ToolCall): Written {
  const isCustom = request.tools?.some((tool) => tool.type === 'custom' && tool.name === name) ?? false
  const words = isCustom && isJson(input) ? String(input['input']) : argumentsText
  const [type, field, stem] = isCustom
    ? ['custom_tool_call', 'input', 'custom_tool_call_input']
    : ['function_call', 'arguments', 'function_call_arguments']
  const head = { id: `${isCustom ? 'ctc' : 'fc'}_${id.toLowerCase()}`, type, call_id: `call_${id}`, name }
  return {
    item: { ...head, status: 'completed', [field ?? 'arguments']: words },
    start: { ...head, status: 'in_progress', [field ?? 'arguments']: '' },
    *events() {
      for (const delta of splitText(words, 3)) yield ['token', `${stem}.delta`, { delta }]
      yield ['other', `${stem}.done`, { [field ?? 'arguments']: words }]
    },
  }
}

function logprobs(pieces: Iterable<string>, top: number): Json[] {
  return Array.from(pieces, (token) => {
    const entry = { token, logprob: -0.125, bytes: [...new TextEncoder().encode(token)] }
    return {
      ...entry,
      top_logprobs: Array.from({ length: top }, (_, rank) => ({ ...entry, logprob: -0.125 - rank })),
    }
  })
}

/** The response without what it says: its id and the request's parameters. */
function envelope({ request, model }: ResponsesWriting, { seed, createdSeconds }: Reply): Json {
  const { input: _, include: __, stream: ___, stream_options: ____, ...said } = request
  return {
    id: `resp_${idFrom(seed, 48).toLowerCase()}`,
    object: 'response',
    created_at: createdSeconds,
    status: 'in_progress',
    background: false,
    completed_at: null,
    error: null,
    incomplete_details: null,
    ...defaults,
    ...said,
    model,
    reasoning: { effort: null, summary: null, ...request.reasoning },
    text: { format: { type: 'text' }, verbosity: 'medium', ...request.text },
    service_tier: 'default',
  }
}

/** What OpenAI fills in for what the request leaves out. */
const defaults = {
  instructions: null,
  max_output_tokens: null,
  max_tool_calls: null,
  metadata: {},
  parallel_tool_calls: true,
  previous_response_id: null,
  prompt_cache_key: null,
  safety_identifier: null,
  store: true,
  temperature: 1,
  tool_choice: 'auto',
  tools: [],
  top_logprobs: 0,
  top_p: 1,
  truncation: 'disabled',
  user: null,
}

function toUsage(usage: Usage): Json {
  const input = promptTokens(usage)
  const output = usage.output + usage.reasoning
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: usage.cacheRead, cache_write_tokens: 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: usage.reasoning },
    total_tokens: input + output,
  }
}
