import { tokens } from '../answer/build-answer.ts'
import type { Answer } from '../answer/build-answer.ts'
import type { Ask } from '../ask.ts'
import type { Frame, Reply } from '../format.ts'
import { frame } from '../framing.ts'
import { idFrom } from '../hash.ts'
import type { Usage } from '../usage.ts'
import type { MessagesRequest } from './anthropic-request.ts'
import { sign } from './signature.ts'
import { splitText } from './split-text.ts'

interface Writing {
  request: MessagesRequest
  ask: Ask
  model: string
}

type Json = Record<string, unknown>

const stopReasons = {
  stop: 'end_turn',
  'stop-sequence': 'stop_sequence',
  length: 'max_tokens',
  'tool-calls': 'tool_use',
  refusal: 'refusal',
} as const satisfies Record<Answer['finish'], string>

/** The answer as one `message` object. */
export function toAnthropicMessage(writing: Writing, reply: Reply): Json {
  const [answer] = reply.answers
  return {
    ...envelope(writing, reply),
    content: blocks(writing, answer).map(({ block }) => block),
    stop_reason: stopReasons[answer.finish],
    stop_sequence: answer.stopSequence ?? null,
    ...(reply.usage ? { usage: toUsage(reply.usage) } : {}),
  }
}

/** The answer as the events of a Messages stream. */
export function* toMessageFrames(writing: Writing, reply: Reply): Iterable<Frame> {
  const [answer] = reply.answers
  const { usage } = reply
  const initial = usage
    ? { usage: { ...toUsage(usage), output_tokens: Math.min(1, usage.output), output_tokens_details: null } }
    : {}
  const message = { ...envelope(writing, reply), content: [], stop_reason: null, stop_sequence: null, ...initial }
  yield event('preamble', { type: 'message_start', message })
  yield event('preamble', { type: 'ping' })
  for (const [index, { start, deltas }] of blocks(writing, answer).entries()) {
    yield event('preamble', { type: 'content_block_start', index, content_block: start })
    for (const delta of deltas()) yield event('token', { type: 'content_block_delta', index, delta })
    yield event('other', { type: 'content_block_stop', index })
  }
  const delta = { stop_reason: stopReasons[answer.finish], stop_sequence: answer.stopSequence ?? null }
  yield event('finish', { type: 'message_delta', delta, ...(usage ? { usage: toUsage(usage) } : {}) })
  yield event('done', { type: 'message_stop' })
}

function event(kind: Frame['kind'], payload: Json & { type: string }): Frame {
  return frame(kind, payload, payload.type)
}

function envelope({ model }: Writing, { seed }: Reply): Json {
  return { model, id: `msg_${idFrom(seed, 24)}`, type: 'message', role: 'assistant' }
}

interface Written {
  block: Json
  /** The block as `content_block_start` shows it. */
  start: Json
  deltas(): Iterable<Json>
}

function blocks({ ask, request }: Writing, answer: Answer): Written[] {
  const thinking = answer.reasoning === '' ? [] : [thinkingBlock(answer.reasoning, isOmitted(request))]
  if (answer.finish === 'refusal') return thinking
  const calls = answer.calls.map(callBlock)
  return [...thinking, ...(calls.length > 0 || answer.text === '' ? [] : [textBlock(answer, ask)]), ...calls]
}

function isOmitted({ thinking }: MessagesRequest): boolean {
  return thinking !== undefined && 'display' in thinking && thinking.display === 'omitted'
}

function thinkingBlock(reasoning: string, omitted: boolean): Written {
  const thinking = omitted ? '' : reasoning
  const signature = sign('anthropic', thinking)
  return {
    block: { type: 'thinking', thinking, signature },
    start: { type: 'thinking', thinking: '', signature: '' },
    *deltas() {
      for (const piece of tokens(thinking)) yield { type: 'thinking_delta', thinking: piece }
      yield { type: 'signature_delta', signature }
    },
  }
}

function textBlock(answer: Answer, { documents }: Ask): Written {
  const citation = citationFrom(answer.text, documents[0])
  return {
    block: { type: 'text', text: answer.text, ...(answer.isCited ? { citations: [citation] } : {}) },
    start: { type: 'text', text: '', ...(answer.isCited ? { citations: [] } : {}) },
    *deltas() {
      if (answer.isCited) yield { type: 'citations_delta', citation }
      for (const piece of answer.pieces()) yield { type: 'text_delta', text: piece }
    },
  }
}

function citationFrom(text: string, document: Ask['documents'][number] | undefined): Json {
  if (document) {
    return {
      type: 'char_location',
      cited_text: document.text,
      document_index: 0,
      document_title: document.title === '' ? null : document.title,
      start_char_index: 0,
      end_char_index: document.text.length,
      file_id: null,
    }
  }
  const url = 'https://example.com/source'
  return {
    type: 'web_search_result_location',
    cited_text: text.slice(0, 150),
    url,
    title: 'Simulated source',
    encrypted_index: btoa(url),
  }
}

function callBlock({ id, name, input, argumentsText }: Answer['calls'][number]): Written {
  const start = { type: 'tool_use', id: `toolu_${id}`, name }
  return {
    block: { ...start, input },
    start: { ...start, input: {} },
    *deltas() {
      for (const piece of ['', ...splitText(argumentsText, 3)]) yield { type: 'input_json_delta', partial_json: piece }
    },
  }
}

function toUsage(usage: Usage): Json {
  return {
    input_tokens: usage.input,
    cache_creation_input_tokens: usage.cacheWrite5m + usage.cacheWrite1h,
    cache_read_input_tokens: usage.cacheRead,
    cache_creation: { ephemeral_5m_input_tokens: usage.cacheWrite5m, ephemeral_1h_input_tokens: usage.cacheWrite1h },
    output_tokens: usage.output + usage.reasoning,
    output_tokens_details: { thinking_tokens: usage.reasoning },
    service_tier: 'standard',
  }
}
