import { tokens } from '../answer/build-answer.ts'
import type { Answer } from '../answer/build-answer.ts'
import type { Frame, Reply } from '../format.ts'
import { frame } from '../framing.ts'
import { promptTokens } from '../usage.ts'

type Json = Record<string, unknown>

/** How an answer puts its text: in a message, or in `response`. */
export interface OllamaWriting {
  model: string
  isGenerate: boolean
}

/** The answer as one object. */
export function toOllamaResponse(writing: OllamaWriting, reply: Reply): Json {
  const { answers } = reply
  const [answer] = answers
  const said = {
    content: answer.text,
    ...(answer.reasoning === '' ? {} : { thinking: answer.reasoning }),
    ...(answer.calls.length === 0 ? {} : { tool_calls: answer.calls.map(toCall) }),
  }
  return { ...toLine(writing, reply, said), ...ending(reply) }
}

/** The answer as the lines of a stream. */
export function* toOllamaFrames(writing: OllamaWriting, reply: Reply): Iterable<Frame> {
  const [answer] = reply.answers
  const line = (said: Json): Frame => frame('token', { ...toLine(writing, reply, said), done: false })
  for (const thinking of tokens(answer.reasoning)) yield line({ content: '', thinking })
  for (const content of answer.pieces()) yield line({ content })
  for (const [index, call] of answer.calls.entries()) yield line({ content: '', tool_calls: [toCall(call, index)] })
  yield frame('finish', { ...toLine(writing, reply, { content: '' }), ...ending(reply) })
}

function toLine({ model, isGenerate }: OllamaWriting, { createdSeconds }: Reply, said: Json): Json {
  const { content, ...rest } = said
  const text = isGenerate ? { response: content, ...rest } : { message: { role: 'assistant', ...said } }
  return { model, created_at: new Date(createdSeconds * 1000).toISOString(), ...text }
}

function toCall({ name, input }: Answer['calls'][number], index: number): Json {
  return { function: { index, name, arguments: input } }
}

function ending({ answers: [answer], usage }: Reply): Json {
  const counts = usage ? { prompt_eval_count: promptTokens(usage), eval_count: usage.output + usage.reasoning } : {}
  return {
    done: true,
    done_reason: answer.finish === 'length' ? 'length' : 'stop',
    total_duration: 3_000_000,
    load_duration: 1_000_000,
    prompt_eval_duration: 1_000_000,
    eval_duration: 1_000_000,
    ...counts,
  }
}
