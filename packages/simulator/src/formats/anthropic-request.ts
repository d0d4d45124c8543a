import { any, array, boolean, either, json, nullable, number, object, oneOf, open, string, tagged } from '../shape.ts'
import type { Shape, Static } from '../shape.ts'

const cacheControl = nullable(object({ type: oneOf('ephemeral') }, { ttl: oneOf('5m', '1h') }))
const is = <const T extends string>(name: T) => oneOf(name)
const cached = { cache_control: cacheControl }

const text = object({ type: is('text'), text: string }, { ...cached, citations: nullable(array(json)) })
const base64 = object({ type: is('base64'), media_type: string, data: string })
const url = object({ type: is('url'), url: string })
const file = object({ type: is('file'), file_id: string })
const image = object({ type: is('image'), source: tagged('type', { base64, url, file }) }, cached)
const plain = object({ type: is('text'), media_type: is('text/plain'), data: string })
const contentSource = object({ type: is('content'), content: either(string, array(tagged('type', { text, image }))) })
const document = object(
  { type: is('document'), source: tagged('type', { base64, url, file, text: plain, content: contentSource }) },
  { ...cached, title: nullable(string), context: nullable(string), citations: nullable(object({ enabled: boolean })) },
)
const searchResult = object(
  { type: is('search_result'), source: string, title: string, content: array(text) },
  { ...cached, citations: object({ enabled: boolean }) },
)
const toolResult = object(
  { type: is('tool_result'), tool_use_id: string },
  {
    ...cached,
    is_error: boolean,
    content: either(string, array(tagged('type', { text, image, document, search_result: searchResult }))),
  },
)
const toolUse = object({ type: is('tool_use'), id: string, name: string, input: json }, { ...cached, caller: json })
const thinking = object({ type: is('thinking'), thinking: string, signature: string })
const redacted = object({ type: is('redacted_thinking'), data: string })
const serverToolUse = open({ type: is('server_tool_use'), id: string, name: string, input: json }, cached)
const searched = open({ type: is('web_search_tool_result'), tool_use_id: string }, cached)

const userBlock = tagged('type', { text, image, document, search_result: searchResult, tool_result: toolResult })
const assistantBlock = tagged('type', {
  text,
  tool_use: toolUse,
  thinking,
  redacted_thinking: redacted,
  server_tool_use: serverToolUse,
  web_search_tool_result: searched,
})

const message = tagged('role', {
  user: object({ role: is('user'), content: either(string, array(userBlock)) }),
  assistant: object({ role: is('assistant'), content: either(string, array(assistantBlock)) }),
})

const customTool = object(
  { name: string, input_schema: open({ type: is('object') }) },
  {
    ...cached,
    type: nullable(is('custom')),
    description: string,
    strict: boolean,
    eager_input_streaming: nullable(boolean),
    defer_loading: boolean,
    input_examples: array(json),
    allowed_callers: array(string),
  },
)
const serverTool = open({ type: string, name: string }, cached)
type ToolShape = Static<typeof customTool> | Static<typeof serverTool>

/** A server tool is told by its dated type, such as `web_search_20250305`. */
const tool: Shape<ToolShape> = {
  kind: 'object',
  accepts(value, path): value is ToolShape {
    if (!json.accepts(value, path)) return false
    const { type } = value
    const isServer = typeof type === 'string' && /_\d{8}$/.test(type)
    return isServer ? serverTool.accepts(value, path) : customTool.accepts(value, path)
  },
}

const parallel = { disable_parallel_tool_use: boolean }
const toolChoice = tagged('type', {
  auto: object({ type: is('auto') }, parallel),
  any: object({ type: is('any') }, parallel),
  tool: object({ type: is('tool'), name: string }, parallel),
  none: object({ type: is('none') }),
})
const display = { display: nullable(oneOf('summarized', 'omitted')) }

const request = object(
  { model: string, messages: array(message, { min: 1 }), max_tokens: number({ min: 1, integer: true }) },
  {
    ...cached,
    system: either(string, array(text)),
    temperature: number({ min: 0, max: 1 }),
    top_p: number({ min: 0, max: 1 }),
    top_k: number({ min: 0, integer: true }),
    stop_sequences: array(string),
    stream: boolean,
    tools: array(tool),
    tool_choice: toolChoice,
    thinking: tagged('type', {
      enabled: object({ type: is('enabled'), budget_tokens: number({ min: 1024, integer: true }) }, display),
      adaptive: object({ type: is('adaptive') }, display),
      disabled: object({ type: is('disabled') }),
    }),
    output_config: object(
      {},
      {
        effort: nullable(oneOf('low', 'medium', 'high', 'xhigh', 'max')),
        format: nullable(object({ type: is('json_schema'), schema: open({ type: is('object') }) })),
        task_budget: json,
      },
    ),
    output_format: nullable(object({ type: is('json_schema'), schema: json })),
    metadata: object({}, { user_id: nullable(string) }),
    service_tier: oneOf('auto', 'standard_only'),
    container: any,
    mcp_servers: array(json),
    context_management: nullable(json),
    inference_geo: nullable(string),
    speed: oneOf('standard', 'fast'),
  },
)

/** A Messages request as Anthropic takes it. */
export type MessagesRequest = Static<typeof request>
export type Message = MessagesRequest['messages'][number]
export type ContentBlock = Exclude<Message['content'], string>[number]
export type AnthropicTool = ToolShape

/** Narrows the body or throws a ShapeError. */
export function parseMessagesRequest(body: unknown): MessagesRequest {
  if (request.accepts(body, [])) return body
  throw new TypeError('A shape answers true or throws')
}
