import { tokens } from '../answer/build-answer.ts'
import type { Answer } from '../answer/build-answer.ts'
import type { Ask } from '../ask.ts'
import type { Frame, Reply } from '../format.ts'
import { frame } from '../framing.ts'
import { promptTokens } from '../usage.ts'
import type { Usage } from '../usage.ts'
import { sign } from './signature.ts'
import { splitText } from './split-text.ts'

type Json = Record<string, unknown>

const stopReasons = {
  stop: 'end_turn',
  'stop-sequence': 'stop_sequence',
  length: 'max_tokens',
  'tool-calls': 'tool_use',
  refusal: 'content_filtered',
} as const satisfies Record<Answer['finish'], string>

const metrics = { latencyMs: 321 }

/** The answer as Converse gives it: without an id, without its model. */
export function toConverseAnswer(ask: Ask, { answers: [answer], usage }: Reply): Json {
  return {
    metrics,
    output: { message: { role: 'assistant', content: blocks(ask, answer).map(({ block }) => block) } },
    stopReason: stopReasons[answer.finish],
    ...(usage ? { usage: toUsage(usage) } : {}),
  }
}

/** The answer as the events of ConverseStream. */
export function* toConverseFrames(ask: Ask, { answers: [answer], usage }: Reply): Iterable<Frame> {
  yield event('preamble', 'messageStart', { role: 'assistant' })
  for (const [contentBlockIndex, { start, deltas }] of blocks(ask, answer).entries()) {
    if (start) yield event('preamble', 'contentBlockStart', { contentBlockIndex, start })
    for (const delta of deltas()) yield event('token', 'contentBlockDelta', { contentBlockIndex, delta })
    yield event('other', 'contentBlockStop', { contentBlockIndex })
  }
  yield event('finish', 'messageStop', { stopReason: stopReasons[answer.finish] })
  yield event('finish', 'metadata', { metrics, ...(usage ? { usage: toUsage(usage) } : {}) })
}

/** Payloads are padded, so that their length says nothing of what is in them. */
function event(kind: Frame['kind'], name: string, payload: Json): Frame {
  return frame(kind, { ...payload, p: 'abcdefghijklmnopqrstuvwxyz'.slice(0, 4 + (name.length % 20)) }, name)
}

interface Written {
  block: Json
  /** Only calls have a start event. */
  start?: Json
  deltas(): Iterable<Json>
}

function blocks({ documents }: Ask, answer: Answer): Written[] {
  const { reasoning, calls, text } = answer
  const thinking = reasoning === '' ? [] : [reasoningBlock(reasoning)]
  const said =
    calls.length > 0 || text === '' ? [] : [answer.isCited ? citedBlock(answer, documents) : textBlock(answer)]
  return [...thinking, ...said, ...calls.map(callBlock)]
}

function reasoningBlock(text: string): Written {
  const signature = sign('anthropic', text)
  return {
    block: { reasoningContent: { reasoningText: { text, signature } } },
    *deltas() {
      for (const piece of tokens(text)) yield { reasoningContent: { text: piece } }
      yield { reasoningContent: { signature } }
    },
  }
}

function textBlock(answer: Answer): Written {
  return {
    block: { text: answer.text },
    *deltas() {
      for (const piece of answer.pieces()) yield { text: piece }
    },
  }
}

function citedBlock(answer: Answer, [document]: Ask['documents']): Written {
  const place = { documentIndex: 0, start: 0, end: answer.text.length }
  const location = document ? { documentChar: place } : { web: { url: 'https://example.com/source' } }
  const citation = { title: document?.title ?? 'Simulated source', sourceContent: [{ text: answer.text }], location }
  return {
    block: { citationsContent: { content: [{ text: answer.text }], citations: [citation] } },
    *deltas() {
      yield* textBlock(answer).deltas()
      yield { citation }
    },
  }
}

function callBlock({ id, name, input, argumentsText }: Answer['calls'][number]): Written {
  const start = { toolUseId: `tooluse_${id.slice(0, 22)}`, name }
  return {
    block: { toolUse: { ...start, input } },
    start: { toolUse: start },
    *deltas() {
      for (const piece of ['', ...splitText(argumentsText, 3)]) yield { toolUse: { input: piece } }
    },
  }
}

/** Cached tokens stand beside `inputTokens`, under a long and a short name. */
function toUsage(usage: Usage): Json {
  const outputTokens = usage.output + usage.reasoning
  const written = usage.cacheWrite5m + usage.cacheWrite1h
  const cached = {
    cacheReadInputTokenCount: usage.cacheRead,
    cacheReadInputTokens: usage.cacheRead,
    cacheWriteInputTokenCount: written,
    cacheWriteInputTokens: written,
  }
  return {
    ...(usage.cacheRead + written > 0 ? cached : {}),
    inputTokens: usage.input,
    outputTokens,
    serverToolUsage: {},
    totalTokens: promptTokens(usage) + outputTokens,
  }
}
