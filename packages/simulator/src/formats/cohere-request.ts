import { array, boolean, either, json, nullable, number, object, oneOf, open, string, tagged } from '../shape.ts'
import type { Static } from '../shape.ts'

const is = <const T extends string>(name: T) => oneOf(name)
const text = object({ type: is('text'), text: string })
const thinking = object({ type: is('thinking'), thinking: string })
const imageUrl = object({
  type: is('image_url'),
  image_url: object({ url: string }, { detail: oneOf('auto', 'low', 'high') }),
})
const documentBody = either(string, json)
const documentPart = object({ type: is('document'), document: object({ data: documentBody }, { id: string }) })

const call = object({ id: string, type: is('function'), function: object({ name: string, arguments: string }) })
const message = tagged('role', {
  system: object({ role: is('system'), content: either(string, array(text)) }),
  user: object({
    role: is('user'),
    content: either(string, array(tagged('type', { text, image_url: imageUrl }), { min: 1 })),
  }),
  assistant: object(
    { role: is('assistant') },
    {
      content: nullable(either(string, array(tagged('type', { text, thinking })))),
      tool_plan: nullable(string),
      tool_calls: nullable(array(call)),
      citations: nullable(array(json)),
    },
  ),
  tool: object({
    role: is('tool'),
    tool_call_id: string,
    content: either(string, array(tagged('type', { text, document: documentPart }), { min: 1 })),
  }),
})

const tool = object({
  type: is('function'),
  function: object({ name: string, parameters: json }, { description: string }),
})
const document = object({ data: documentBody }, { id: string })

const request = object(
  { model: string, messages: array(message, { min: 1 }) },
  {
    stream: boolean,
    tools: array(tool),
    strict_tools: boolean,
    tool_choice: oneOf('REQUIRED', 'NONE'),
    documents: array(either(string, document)),
    citation_options: object({}, { mode: oneOf('FAST', 'ACCURATE', 'OFF', 'ENABLED', 'DISABLED') }),
    response_format: tagged('type', {
      text: object({ type: is('text') }),
      json_object: object({ type: is('json_object') }, { json_schema: json, schema: json }),
    }),
    safety_mode: oneOf('CONTEXTUAL', 'STRICT', 'OFF'),
    max_tokens: number({ min: 1, integer: true }),
    stop_sequences: array(string, { max: 5 }),
    temperature: number({ min: 0 }),
    seed: number({ integer: true }),
    frequency_penalty: number({ min: 0, max: 1 }),
    presence_penalty: number({ min: 0, max: 1 }),
    k: number({ min: 0, max: 500, integer: true }),
    p: number({ min: 0.01, max: 0.99 }),
    logprobs: boolean,
    thinking: open({ type: oneOf('enabled', 'disabled') }, { token_budget: number({ min: 1, integer: true }) }),
    priority: number({ integer: true }),
    raw_prompting: boolean,
  },
)

/** A v2 chat request as Cohere takes it. */
export type CohereRequest = Static<typeof request>
export type CohereMessage = CohereRequest['messages'][number]

/** Narrows the body or throws a ShapeError. */
export function parseCohereRequest(body: unknown): CohereRequest {
  if (request.accepts(body, [])) return body
  throw new TypeError('A shape answers true or throws')
}
