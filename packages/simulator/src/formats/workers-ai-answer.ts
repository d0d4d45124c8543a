import type { Answer } from '../answer/build-answer.ts'
import type { Ask } from '../ask.ts'
import type { Frame, Reply } from '../format.ts'
import { frame } from '../framing.ts'
import { idFrom } from '../hash.ts'
import { promptTokens } from '../usage.ts'
import type { Usage } from '../usage.ts'
import { splitText } from './split-text.ts'

type Json = Record<string, unknown>

/** The envelope of Cloudflare's API around a result. */
export function toEnvelope(result: unknown): Json {
  return { result, success: true, errors: [], messages: [] }
}

/** The answer as `{response,tool_calls,usage}`; in JSON mode the response is an object. */
export function toRunResult(ask: Ask, { answers: [answer], usage }: Reply): Json {
  const isWhole = ask.schema !== undefined && answer.finish === 'stop'
  const parsed: unknown = isWhole ? JSON.parse(answer.text) : answer.text
  return toEnvelope({
    response: answer.calls.length > 0 ? null : parsed,
    tool_calls: answer.calls.map(({ name, input }) => ({ name, arguments: input })),
    ...(usage ? { usage: toUsage(usage) } : {}),
  })
}

/** The answer as `{response:"…"}` events; their padding `p` is what Cloudflare sends too. */
export function* toRunFrames({ answers: [answer], usage, seed }: Reply): Iterable<Frame> {
  for (const piece of answer.pieces()) yield frame('token', { response: piece, p: idFrom(seed, piece.length % 8) })
  yield* callFrames(answer)
  yield frame('finish', { response: '', ...(usage ? { usage: toUsage(usage) } : {}) })
  yield { kind: 'done', text: '[DONE]' }
}

function* callFrames({ calls }: Answer): Iterable<Frame> {
  for (const [index, { id, name, argumentsText }] of calls.entries()) {
    const piece = (fields: Json): Frame => frame('token', { response: null, tool_calls: [{ index, ...fields }] })
    yield piece({ id: `chatcmpl-tool-${id}`, type: 'function', function: { name, arguments: '' } })
    for (const part of splitText(argumentsText, 3)) yield piece({ function: { arguments: part } })
    yield piece({ id: null, type: null, function: { name: null, arguments: '' } })
  }
}

function toUsage(usage: Usage): Json {
  const prompt = promptTokens(usage)
  return { prompt_tokens: prompt, completion_tokens: usage.output, total_tokens: prompt + usage.output }
}
