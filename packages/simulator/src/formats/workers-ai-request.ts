import { any, array, boolean, either, json, nullable, number, object, oneOf, open, string, tagged } from '../shape.ts'
import type { Static } from '../shape.ts'

const is = <const T extends string>(name: T) => oneOf(name)
const part = tagged('type', {
  text: object({ type: is('text'), text: string }),
  image_url: object({ type: is('image_url'), image_url: open({ url: string }) }),
})
const call = open(
  {},
  { id: string, type: string, name: string, arguments: any, function: open({ name: string }, { arguments: any }) },
)
const message = object(
  { role: oneOf('system', 'user', 'assistant', 'tool') },
  {
    content: nullable(either(string, array(part))),
    name: string,
    tool_call_id: string,
    tool_calls: nullable(array(call)),
  },
)
const described = { description: string, parameters: open({ type: is('object') }) }
const tool = object(
  {},
  {
    ...described,
    name: string,
    type: is('function'),
    function: object({ name: string }, { ...described, strict: nullable(boolean) }),
  },
)
const responseFormat = object({ type: oneOf('text', 'json_object', 'json_schema') }, { json_schema: json })

const request = object(
  {},
  {
    prompt: string,
    messages: array(message, { min: 1 }),
    image: either(string, array(number({ min: 0, max: 255 }))),
    stream: boolean,
    max_tokens: number({ min: 1, integer: true }),
    temperature: number({ min: 0, max: 5 }),
    top_p: number({ min: 0, max: 2 }),
    top_k: number({ min: 1, max: 50, integer: true }),
    seed: number({ min: 1, integer: true }),
    repetition_penalty: number({ min: 0, max: 2 }),
    frequency_penalty: number({ min: -2, max: 2 }),
    presence_penalty: number({ min: -2, max: 2 }),
    tools: array(tool),
    tool_choice: either(string, json),
    functions: array(json),
    response_format: responseFormat,
    guided_json: json,
    raw: boolean,
    lora: string,
    model: string,
    stream_options: json,
    chat_template_kwargs: json,
  },
)

/** A text-generation request as `ai/run` takes it. */
export type RunRequest = Static<typeof request>
export type RunMessage = NonNullable<RunRequest['messages']>[number]
export type RunTool = NonNullable<RunRequest['tools']>[number]

/** Narrows the body or throws a ShapeError. */
export function parseRunRequest(body: unknown): RunRequest {
  if (request.accepts(body, [])) return body
  throw new TypeError('A shape answers true or throws')
}
