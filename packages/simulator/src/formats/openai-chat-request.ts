import {
  any,
  array,
  boolean,
  either,
  json,
  map,
  nullable,
  number,
  object,
  oneOf,
  open,
  string,
  tagged,
} from '../shape.ts'
import type { Static } from '../shape.ts'
import { loosen } from './loosen.ts'
import type { Dialect } from './openai-chat-dialects.ts'

const breakpoint = { prompt_cache_breakpoint: json }
const text = object({ type: oneOf('text'), text: string }, breakpoint)
const refusal = object({ type: oneOf('refusal'), refusal: string })
const imageUrl = object({ url: string }, { detail: oneOf('auto', 'low', 'high', 'original') })
const audio = object({ data: string, format: oneOf('wav', 'mp3') })
const file = object({}, { file_id: string, filename: string, file_data: string })

const textParts = array(tagged('type', { text }), { min: 1 })
const userPart = tagged('type', {
  text,
  image_url: object({ type: oneOf('image_url'), image_url: imageUrl }, breakpoint),
  input_audio: object({ type: oneOf('input_audio'), input_audio: audio }),
  file: object({ type: oneOf('file'), file }, breakpoint),
})

const callFunction = object({ name: string, arguments: string })
const call = tagged('type', {
  function: object(
    { id: string, type: oneOf('function'), function: callFunction },
    { extra_content: any, index: number() },
  ),
})

const assistantFields = {
  content: nullable(either(string, array(tagged('type', { text, refusal })))),
  refusal: nullable(string),
  name: string,
  tool_calls: nullable(array(call, { min: 1 })),
  function_call: nullable(callFunction),
  audio: nullable(open({ id: string })),
  annotations: nullable(array(json)),
}
const instruction = either(string, textParts)
const role = <const R extends string>(name: R) => oneOf(name)

const others = {
  system: object({ role: role('system'), content: instruction }, { name: string }),
  developer: object({ role: role('developer'), content: instruction }, { name: string }),
  user: object({ role: role('user'), content: either(string, array(userPart, { min: 1 })) }, { name: string }),
  tool: object({ role: role('tool'), content: instruction, tool_call_id: string }, { name: string }),
}
const assistant = object({ role: role('assistant') }, assistantFields)
const openAssistant = open({ role: role('assistant') }, assistantFields)

const functionTool = object({
  type: oneOf('function'),
  function: object({ name: string }, { description: string, parameters: json, strict: nullable(boolean) }),
})
const tool = tagged('type', { function: functionTool })
const named = object({ type: oneOf('function'), function: object({ name: string }) })
const allowed = object({
  type: oneOf('allowed_tools'),
  allowed_tools: object({ mode: oneOf('auto', 'required'), tools: array(named) }),
})
const jsonSchema = object({ name: string }, { description: string, schema: json, strict: nullable(boolean) })
const responseFormat = tagged('type', {
  text: object({ type: oneOf('text') }),
  json_object: object({ type: oneOf('json_object') }),
  json_schema: object({ type: oneOf('json_schema'), json_schema: jsonSchema }),
})

const optional = {
  max_tokens: nullable(number({ min: 1, integer: true })),
  max_completion_tokens: nullable(number({ min: 1, integer: true })),
  temperature: nullable(number({ min: 0, max: 2 })),
  top_p: nullable(number({ min: 0, max: 1 })),
  n: nullable(number({ min: 1, max: 128, integer: true })),
  stop: nullable(either(string, array(string, { max: 4 }))),
  stream: nullable(boolean),
  stream_options: nullable(object({}, { include_usage: boolean, include_obfuscation: boolean })),
  tools: array(tool, { min: 1, max: 128 }),
  tool_choice: either(oneOf('auto', 'none', 'required'), tagged('type', { function: named, allowed_tools: allowed })),
  parallel_tool_calls: boolean,
  response_format: responseFormat,
  reasoning_effort: nullable(oneOf('none', 'minimal', 'low', 'medium', 'high', 'xhigh')),
  verbosity: nullable(oneOf('low', 'medium', 'high')),
  seed: nullable(number({ integer: true })),
  logprobs: nullable(boolean),
  top_logprobs: nullable(number({ min: 0, max: 20, integer: true })),
  logit_bias: nullable(map(number({ min: -100, max: 100 }))),
  frequency_penalty: nullable(number({ min: -2, max: 2 })),
  presence_penalty: nullable(number({ min: -2, max: 2 })),
  user: string,
  safety_identifier: string,
  prompt_cache_key: string,
  prompt_cache_options: json,
  prompt_cache_retention: nullable(oneOf('in-memory', 'in_memory', '24h')),
  store: nullable(boolean),
  metadata: nullable(map(string)),
  service_tier: nullable(oneOf('auto', 'default', 'flex', 'scale', 'priority')),
  modalities: nullable(array(oneOf('text', 'audio'))),
  audio: nullable(open({ format: string })),
  web_search_options: json,
  prediction: nullable(object({ type: oneOf('content'), content: instruction })),
  functions: array(open({ name: string })),
  function_call: either(string, object({ name: string })),
}

const strictMessage = tagged('role', { ...others, assistant })
const openMessage = tagged('role', { ...others, assistant: openAssistant })
const strictRequest = object({ model: string, messages: array(strictMessage) }, optional)
const openRequest = open({ model: string, messages: array(openMessage) }, optional)

/** A chat-completions request as OpenAI itself takes it. */
export type ChatRequest = Static<typeof strictRequest>
export type ChatMessage = ChatRequest['messages'][number]
export type ChatTool = Static<typeof tool>

/** Narrows the body or throws a ShapeError; other vendors of this format take fields that OpenAI refuses. */
export function parseChatRequest(body: unknown, dialect: Dialect): ChatRequest {
  if (dialect.isOpenAi) return narrow(strictRequest, body)
  const loose = loosen(body)
  if (dialect.fields === undefined) return narrow(openRequest, loose)
  const extra = Object.fromEntries(dialect.fields.map((name) => [name, any]))
  return narrow(object({ model: string, messages: array(openMessage) }, { ...extra, ...optional }), loose)
}

function narrow<T extends ChatRequest>(shape: { accepts(value: unknown, path: []): value is T }, body: unknown): T {
  if (shape.accepts(body, [])) return body
  throw new TypeError('A shape answers true or throws')
}
