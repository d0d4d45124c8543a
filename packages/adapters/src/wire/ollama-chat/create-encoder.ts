import type { ChatChunk, ChatRequest, ChatUsage, ChunkChoice, Delta, FinishReason } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import type { StreamEncoder, WireContext } from '../../wire-format.ts'
import { createCallCollector, type CallCollector } from './create-call-collector.ts'
import { toDoneReason } from './finish-reason.ts'
import { formatError } from './format-error.ts'
import { formatLogprobs, formatToolCall } from './format-response.ts'
import { formatTimes } from './format-times.ts'

/** Writes chunks as lines, a call when it is whole; the last line has the counts. */
export function createEncoder(_: ChatRequest, context: WireContext): StreamEncoder {
  const startedAt = context.now()
  const calls = createCallCollector()
  let firstAt: number | undefined
  let model = context.model
  let usage: ChatUsage | null | undefined
  let finish: FinishReason | undefined

  const formatLine = ({ message, ...fields }: JsonObject): string =>
    formatEvent({ model, created_at: new Date(context.now()).toISOString(), message, ...fields })

  return {
    push: (chunk: ChatChunk) => {
      model = chunk.model || model
      usage = chunk.usage ?? usage
      const choice = chunk.choices.find(({ index }) => index === 0)
      if (choice === undefined) return ''
      finish = choice.finish_reason ?? finish
      const lines = [...readChoice(choice), ...takeCalls(calls, choice.delta)]
      if (lines.length > 0) firstAt ??= context.now()
      return lines.map((fields) => formatLine({ ...fields, done: false })).join('')
    },
    error: (error) => formatEvent(formatError(error)),
    end: () => {
      const endedAt = context.now()
      const rest = formatCalls(calls.take('all')).map((fields) => formatLine({ ...fields, done: false }))
      const times = formatTimes({ usage, startedAt, firstAt: firstAt ?? endedAt, endedAt })
      const last = formatLine({ ...said({}), done: true, done_reason: toDoneReason(finish), ...times })
      return rest.join('') + last
    },
  }
}

const formatEvent = (body: JsonObject): string => `${JSON.stringify(body)}\n`

const said = (message: JsonObject): JsonObject => ({ message: { role: 'assistant', content: '', ...message } })

function readChoice({ delta, logprobs }: ChunkChoice): JsonObject[] {
  const text = textOf(delta)
  return [
    ...(delta.reasoning_content ? [said({ thinking: delta.reasoning_content })] : []),
    ...(text || logprobs ? [{ ...said({ content: text }), ...formatLogprobs(logprobs) }] : []),
  ]
}

function takeCalls(calls: CallCollector, { tool_calls: pieces = [] }: Delta): JsonObject[] {
  if (pieces.length === 0) return []
  for (const piece of pieces) calls.add(piece)
  return formatCalls(calls.take('all but last'))
}

function formatCalls({ calls, from }: ReturnType<CallCollector['take']>): JsonObject[] {
  if (calls.length === 0) return []
  return [said({ tool_calls: calls.map((call, position) => formatToolCall(call, from + position)) })]
}

function textOf({ content, refusal, images = [] }: Delta): string {
  const pictures = images.map(({ image_url }) => `\n\n![image](${image_url.url})`)
  return `${content ?? ''}${refusal ?? ''}${pictures.join('')}`
}
