import {
  any,
  array,
  boolean,
  either,
  isJson,
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

const breakpoint = { prompt_cache_breakpoint: json }
const parts = {
  input_text: object({ type: oneOf('input_text'), text: string }, breakpoint),
  input_image: object(
    { type: oneOf('input_image') },
    {
      image_url: nullable(string),
      file_id: nullable(string),
      detail: oneOf('auto', 'low', 'high', 'original'),
      ...breakpoint,
    },
  ),
  input_file: object(
    { type: oneOf('input_file') },
    {
      file_id: nullable(string),
      filename: string,
      file_data: string,
      file_url: string,
      detail: oneOf('auto', 'low', 'high'),
      ...breakpoint,
    },
  ),
  output_text: object(
    { type: oneOf('output_text'), text: string },
    { annotations: array(json), logprobs: array(json), parsed: any },
  ),
  refusal: object({ type: oneOf('refusal'), refusal: string }),
}
const content = either(string, array(tagged('type', parts)))
const status = nullable(oneOf('in_progress', 'completed', 'incomplete'))
const itemFields = { id: nullable(string), status }

const message = object(
  { type: oneOf('message'), role: oneOf('user', 'assistant', 'system', 'developer'), content },
  { ...itemFields, phase: nullable(oneOf('commentary', 'final_answer')) },
)
const reasoning = object(
  { type: oneOf('reasoning'), summary: array(object({ type: oneOf('summary_text'), text: string })) },
  {
    ...itemFields,
    content: nullable(array(object({ type: oneOf('reasoning_text'), text: string }))),
    encrypted_content: nullable(string),
  },
)
const functionCall = object(
  { type: oneOf('function_call'), call_id: string, name: string, arguments: string },
  { ...itemFields, namespace: string },
)
const customCall = object(
  { type: oneOf('custom_tool_call'), call_id: string, name: string, input: string },
  { ...itemFields, namespace: string },
)
const functionOutput = object({ type: oneOf('function_call_output'), call_id: string, output: content }, itemFields)
const customOutput = object({ type: oneOf('custom_tool_call_output'), call_id: string, output: content }, itemFields)

/** What the vendor's own tools did, which comes back as it went out. */
const other = <const T extends string>(type: T) => open({ type: oneOf(type) })

const item = tagged('type', {
  message,
  reasoning,
  function_call: functionCall,
  function_call_output: functionOutput,
  custom_tool_call: customCall,
  custom_tool_call_output: customOutput,
  item_reference: object({ type: oneOf('item_reference'), id: string }),
  web_search_call: other('web_search_call'),
  file_search_call: other('file_search_call'),
  code_interpreter_call: other('code_interpreter_call'),
  image_generation_call: other('image_generation_call'),
  local_shell_call: other('local_shell_call'),
  local_shell_call_output: other('local_shell_call_output'),
  mcp_call: other('mcp_call'),
})

const functionTool = object(
  { type: oneOf('function'), name: string },
  { description: nullable(string), parameters: nullable(json), strict: nullable(boolean), defer_loading: boolean },
)
const customTool = object({ type: oneOf('custom'), name: string }, { description: string, format: json })
const tool = tagged('type', {
  function: functionTool,
  custom: customTool,
  web_search: other('web_search'),
  web_search_preview: other('web_search_preview'),
  file_search: other('file_search'),
  code_interpreter: other('code_interpreter'),
  image_generation: other('image_generation'),
  local_shell: other('local_shell'),
  mcp: other('mcp'),
})

const named = <const T extends string>(type: T) => object({ type: oneOf(type), name: string })
const choice = tagged('type', {
  function: named('function'),
  custom: named('custom'),
  allowed_tools: object({ type: oneOf('allowed_tools'), mode: oneOf('auto', 'required'), tools: array(json) }),
  web_search: other('web_search'),
  web_search_preview: other('web_search_preview'),
  file_search: other('file_search'),
  code_interpreter: other('code_interpreter'),
  image_generation: other('image_generation'),
  mcp: other('mcp'),
})
const format = tagged('type', {
  text: object({ type: oneOf('text') }),
  json_object: object({ type: oneOf('json_object') }),
  json_schema: object(
    { type: oneOf('json_schema'), name: string, schema: json },
    { description: nullable(string), strict: nullable(boolean) },
  ),
})
const effort = oneOf('none', 'minimal', 'low', 'medium', 'high', 'xhigh')
const summary = oneOf('auto', 'concise', 'detailed')

const required = { model: string, input: either(string, array(item)) }
const optional = {
  instructions: nullable(string),
  tools: array(tool, { max: 128 }),
  tool_choice: either(oneOf('auto', 'none', 'required'), choice),
  parallel_tool_calls: nullable(boolean),
  text: object({}, { format, verbosity: nullable(oneOf('low', 'medium', 'high')) }),
  reasoning: nullable(
    object({}, { effort: nullable(effort), summary: nullable(summary), generate_summary: nullable(summary) }),
  ),
  max_output_tokens: nullable(number({ min: 1, integer: true })),
  max_tool_calls: nullable(number({ min: 1, integer: true })),
  temperature: nullable(number({ min: 0, max: 2 })),
  top_p: nullable(number({ min: 0, max: 1 })),
  top_logprobs: nullable(number({ min: 0, max: 20, integer: true })),
  include: nullable(
    array(
      oneOf(
        'reasoning.encrypted_content',
        'message.output_text.logprobs',
        'message.input_image.image_url',
        'file_search_call.results',
        'web_search_call.results',
        'web_search_call.action.sources',
        'code_interpreter_call.outputs',
        'computer_call_output.output.image_url',
      ),
    ),
  ),
  stream: nullable(boolean),
  stream_options: nullable(object({}, { include_obfuscation: boolean })),
  store: nullable(boolean),
  background: nullable(boolean),
  previous_response_id: nullable(string),
  conversation: nullable(either(string, object({ id: string }))),
  truncation: nullable(oneOf('auto', 'disabled')),
  metadata: nullable(map(string)),
  client_metadata: nullable(map(string)),
  service_tier: nullable(oneOf('auto', 'default', 'flex', 'scale', 'priority')),
  user: string,
  safety_identifier: nullable(string),
  prompt_cache_key: nullable(string),
  prompt_cache_retention: nullable(oneOf('in-memory', 'in_memory', '24h')),
}

const strictRequest = object(required, optional)
const openRequest = open(required, optional)

/** A Responses request, with the type of each item stated. */
export type ResponsesRequest = Static<typeof strictRequest>
export type ResponsesItem = Static<typeof item>
export type ResponsesContent = Static<typeof content>
export type ResponsesTool = Static<typeof tool>

/** Narrows the body or throws a ShapeError; only OpenAI itself refuses fields that it doesn't know. */
export function parseResponsesRequest(body: unknown, isStrict: boolean): ResponsesRequest {
  const shape = isStrict ? strictRequest : openRequest
  const typed = withTypes(body)
  if (shape.accepts(typed, [])) return typed
  throw new TypeError('A shape answers true or throws')
}

/** Messages may leave their type out. */
function withTypes(body: unknown): unknown {
  if (!isJson(body) || !Array.isArray(body['input'])) return body
  const input: unknown[] = body['input'].map((entry: unknown) =>
    isJson(entry) && entry['role'] !== undefined ? { type: 'message', ...entry } : entry,
  )
  return { ...body, input }
}

/** The items of a request; a string is what the user says. */
export function itemsOf({ input }: ResponsesRequest): ResponsesItem[] {
  return typeof input === 'string' ? [{ type: 'message', role: 'user', content: input }] : input
}
