import type { ChatRequest, FunctionTool, Tool } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { formatId } from './format-id.ts'

interface ToolContext {
  generation: number
  warnings: Set<string>
}

interface FunctionContext extends ToolContext {
  /** The request came in this format. */
  isNative: boolean
}

export interface ToolFields {
  tools: JsonObject[] | undefined
  tool_choice: JsonObject | undefined
}

/** Tools and the choice among them. A choice that allows only some functions sends only those. */
export function formatTools(request: ChatRequest, context: ToolContext): ToolFields {
  const { tools = [], tool_choice: choice } = request
  const names = typeof choice === 'object' && choice.type === 'allowed_tools' ? new Set(choice.names) : undefined
  const offered = tools.filter((tool) => !names || tool.type === 'server' || names.has(tool.function.name))
  if (offered.length === 0) return { tools: undefined, tool_choice: undefined }
  return {
    tools: offered.map((tool) => formatTool(tool, { ...context, isNative: request.extra_format === formatId })),
    tool_choice: formatToolChoice(request),
  }
}

function formatTool(tool: Tool, context: FunctionContext): JsonObject {
  return tool.type === 'function' ? formatFunction(tool, context) : tool.tool
}

function formatFunction(
  { function: declared, cache_control, extra }: FunctionTool,
  context: FunctionContext,
): JsonObject {
  const { name, description, parameters, strict } = declared
  const isStrict = strict === true && context.generation >= 401
  if (strict === true && !isStrict) context.warnings.add('tools.strict')
  if (extra && !context.isNative) for (const field of Object.keys(extra)) context.warnings.add(`tools.${field}`)
  return {
    name,
    ...(description !== undefined && { description }),
    input_schema: toInputSchema(parameters),
    ...(isStrict && { strict: true }),
    ...(cache_control && { cache_control: { ...cache_control } }),
    ...(context.isNative && extra),
  }
}

/** The API wants `type: "object"` at the root, also of a tool without input. */
function toInputSchema(parameters: JsonObject = {}): JsonObject {
  const isBare = parameters['$ref'] === undefined && parameters['anyOf'] === undefined
  return { type: 'object', ...(isBare && { properties: {} }), ...parameters }
}

function formatToolChoice({ tool_choice: choice, parallel_tool_calls }: ChatRequest): JsonObject | undefined {
  const serial = parallel_tool_calls === false ? { disable_parallel_tool_use: true } : {}
  if (choice === undefined) return parallel_tool_calls === false ? { type: 'auto', ...serial } : undefined
  if (choice === 'none') return { type: 'none' }
  if (choice === 'auto') return { type: 'auto', ...serial }
  if (choice === 'required') return { type: 'any', ...serial }
  if (choice.type === 'function') return { type: 'tool', name: choice.function.name, ...serial }
  return { type: choice.mode === 'required' ? 'any' : 'auto', ...serial }
}
