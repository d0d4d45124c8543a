import { any, array, boolean, json, nullable, number, oneOf, open, string, tagged } from '../shape.ts'
import type { Static } from '../shape.ts'

const is = <const T extends string>(name: T) => oneOf(name)
const call = open({ function: open({ name: string, arguments: json }) }, { id: string })
const said = { content: string, images: nullable(array(string)) }
const message = tagged('role', {
  system: open({ role: is('system') }, said),
  user: open({ role: is('user') }, said),
  assistant: open({ role: is('assistant') }, { ...said, thinking: string, tool_calls: nullable(array(call)) }),
  tool: open({ role: is('tool') }, { ...said, tool_name: string, tool_call_id: string }),
})
const tool = open({ type: is('function'), function: open({ name: string, parameters: json }, { description: string }) })
const options = open(
  {},
  {
    num_predict: number({ integer: true }),
    temperature: number(),
    top_p: number(),
    top_k: number({ integer: true }),
    seed: number({ integer: true }),
    stop: array(string),
    num_ctx: number({ integer: true }),
  },
)

/** Fields that Ollama does not know pass unseen, as in Ollama itself. */
const request = open(
  { model: string, messages: array(message) },
  {
    stream: boolean,
    tools: nullable(array(tool)),
    format: any,
    think: any,
    options: nullable(options),
    keep_alive: any,
  },
)

/** A chat request as Ollama takes it. */
export type OllamaRequest = Static<typeof request>
export type OllamaMessage = OllamaRequest['messages'][number]

/** Narrows the body or throws a ShapeError. */
export function parseOllamaRequest(body: unknown): OllamaRequest {
  if (request.accepts(body, [])) return body
  throw new TypeError('A shape answers true or throws')
}

/** What a generate request has in place of messages. */
const generate = open({ prompt: string }, { system: string, images: nullable(array(string)) })

/** A generate request as the chat that it begins, or a ShapeError. */
export function toChatBody(body: unknown): unknown {
  if (!generate.accepts(body, [])) throw new TypeError('A shape answers true or throws')
  const { prompt, system = '', images, ...rest } = body
  const instructions = system === '' ? [] : [{ role: 'system', content: system }]
  return { ...rest, messages: [...instructions, { role: 'user', content: prompt, images: images ?? null }] }
}
