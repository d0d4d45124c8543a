import { tokens } from '../answer/build-answer.ts'
import type { Answer } from '../answer/build-answer.ts'
import type { Ask } from '../ask.ts'
import type { Frame, Reply } from '../format.ts'
import { frame } from '../framing.ts'
import { uuidFrom } from '../hash.ts'
import { countTool, promptTokens } from '../usage.ts'
import type { Usage } from '../usage.ts'
import { splitText } from './split-text.ts'

type Json = Record<string, unknown>

const finishReasons = {
  stop: 'COMPLETE',
  'stop-sequence': 'STOP_SEQUENCE',
  length: 'MAX_TOKENS',
  'tool-calls': 'TOOL_CALL',
  refusal: 'COMPLETE',
} as const satisfies Record<Answer['finish'], string>

const toolPlan = 'I will use the tools.'

/** The answer as one v2 chat response. */
export function toCohereResponse(ask: Ask, { answers: [answer], seed, usage }: Reply): Json {
  const thinking = answer.reasoning === '' ? [] : [{ type: 'thinking', thinking: answer.reasoning }]
  const content = [
    ...thinking,
    ...(answer.calls.length > 0 || answer.text === '' ? [] : [{ type: 'text', text: answer.text }]),
  ]
  const calls = answer.calls.length > 0 ? { tool_plan: toolPlan, tool_calls: answer.calls.map(toCall) } : {}
  const message = {
    role: 'assistant',
    ...(content.length > 0 ? { content } : {}),
    ...calls,
    ...(answer.isCited ? { citations: [toCitation(answer.text, ask)] } : {}),
  }
  return {
    id: uuidFrom(seed),
    message,
    finish_reason: finishReasons[answer.finish],
    ...(usage ? { usage: toUsage(ask, usage) } : {}),
  }
}

/** The answer as the events of a v2 chat stream. */
export function* toCohereFrames(ask: Ask, { answers: [answer], seed, usage }: Reply): Iterable<Frame> {
  const blank = { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] }
  yield event('preamble', { id: uuidFrom(seed), type: 'message-start', delta: { message: blank } })
  let index = 0
  if (answer.reasoning !== '') {
    yield* contentFrames('thinking', index, tokens(answer.reasoning))
    index += 1
  }
  if (answer.calls.length > 0) yield* callFrames(answer)
  else yield* contentFrames('text', index, answer.pieces())
  if (answer.isCited) {
    yield event('other', {
      type: 'citation-start',
      index: 0,
      delta: { message: { citations: toCitation(answer.text, ask) } },
    })
    yield event('other', { type: 'citation-end', index: 0 })
  }
  const delta = { finish_reason: finishReasons[answer.finish], ...(usage ? { usage: toUsage(ask, usage) } : {}) }
  yield event('finish', { id: uuidFrom(seed), type: 'message-end', delta })
  yield { kind: 'done', text: '[DONE]' }
}

function* contentFrames(type: 'text' | 'thinking', index: number, pieces: Iterable<string>): Iterable<Frame> {
  yield event('preamble', { type: 'content-start', index, delta: { message: { content: { type, [type]: '' } } } })
  for (const piece of pieces) {
    yield event('token', { type: 'content-delta', index, delta: { message: { content: { [type]: piece } } } })
  }
  yield event('other', { type: 'content-end', index })
}

function* callFrames({ calls }: Answer): Iterable<Frame> {
  for (const piece of tokens(toolPlan)) {
    yield event('preamble', { type: 'tool-plan-delta', delta: { message: { tool_plan: piece } } })
  }
  for (const [index, call] of calls.entries()) {
    const { id, type, function: start } = toCall(call)
    const opening = { id, type, function: { name: start.name, arguments: '' } }
    yield event('token', { type: 'tool-call-start', index, delta: { message: { tool_calls: opening } } })
    for (const piece of splitText(call.argumentsText, 3)) {
      yield event('token', {
        type: 'tool-call-delta',
        index,
        delta: { message: { tool_calls: { function: { arguments: piece } } } },
      })
    }
    yield event('other', { type: 'tool-call-end', index })
  }
}

function event(kind: Frame['kind'], payload: Json & { type: string }): Frame {
  return frame(kind, payload, payload.type)
}

function toCall({ id, name, argumentsText }: Answer['calls'][number]) {
  return {
    id: `${name}_${id.slice(0, 12).toLowerCase()}`,
    type: 'function',
    function: { name, arguments: argumentsText },
  }
}

function toCitation(text: string, { documents }: Ask): Json {
  const [document] = documents
  const source = document
    ? { type: 'document', id: document.id, document: { id: document.id, text: document.text } }
    : { type: 'tool', id: 'simulated:0', tool_output: { source: 'Simulated source' } }
  return { start: 0, end: text.length, text, sources: [source], content_index: 0, type: 'TEXT_CONTENT' }
}

/** Billed input leaves the tool definitions out, as Cohere's own template is not billed. */
function toUsage({ tools }: Ask, usage: Usage): Json {
  const input = promptTokens(usage)
  const output = usage.output + usage.reasoning
  const unbilled = Math.min(
    input,
    tools.reduce((sum, tool) => sum + countTool(tool), 0),
  )
  return {
    billed_units: { input_tokens: input - unbilled, output_tokens: output },
    tokens: {
      input_tokens: input,
      output_tokens: output,
      ...(usage.reasoning > 0 ? { reasoning_tokens: usage.reasoning } : {}),
    },
    cached_tokens: usage.cacheRead,
  }
}
