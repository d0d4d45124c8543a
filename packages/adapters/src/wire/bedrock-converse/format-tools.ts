import type { ChatRequest, FunctionTool, Message, Tool } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { formatCachePoint } from './format-content.ts'
import { takesSchema } from './takes-schema.ts'

interface ToolContext {
  model: string
  warnings: Set<string>
}

/**
 * Tools and the choice among them. A conversation with calls in it must declare tools, so where the caller offers none,
 * those that were called are declared by name alone.
 * @throws WireError `unsupported` for a name that the API refuses.
 */
export function formatTools(request: ChatRequest, context: ToolContext): JsonObject | undefined {
  const { tools = [], tool_choice: choice, messages } = request
  const called = calledNames(messages)
  const isBarred = choice === 'none' && called.length === 0
  const names = typeof choice === 'object' && choice.type === 'allowed_tools' ? new Set(choice.names) : undefined
  const offered = tools.filter((tool) => !names || tool.type === 'server' || names.has(tool.function.name))
  if (request.parallel_tool_calls === false && offered.length > 0) context.warnings.add('parallel_tool_calls')
  if (offered.length === 0 || isBarred) {
    return called.length === 0 ? undefined : { tools: called.map((name) => toolSpec({ name })) }
  }
  if (choice === 'none') context.warnings.add('tool_choice')
  const toolChoice = formatToolChoice(choice)
  return {
    tools: offered.flatMap((tool) => formatTool(tool, { ...context, param: `tools[${tools.indexOf(tool)}]` })),
    ...(toolChoice && { toolChoice }),
  }
}

function calledNames(messages: readonly Message[]): string[] {
  const names = messages.flatMap((message) =>
    message.role === 'assistant' ? (message.tool_calls ?? []).map((call) => call.function.name) : [],
  )
  return [...new Set(names)]
}

function formatTool(tool: Tool, context: ToolContext & { param: string }): JsonObject[] {
  if (tool.type === 'server') return [tool.tool]
  return [formatFunction(tool, context), ...formatCachePoint(tool.cache_control)]
}

function formatFunction(
  { function: declared, extra }: FunctionTool,
  { model, warnings, param }: ToolContext & { param: string },
): JsonObject {
  const { name, description, parameters, strict } = declared
  if (!/^[\w-]{1,64}$/.test(name)) {
    const rule = 'Amazon Bedrock takes tool names of 1 to 64 letters, digits, `_` and `-`'
    throw new WireError('unsupported', `${rule}, not "${name.slice(0, 80)}".`, `${param}.function.name`)
  }
  const isStrict = strict === true && takesSchema(model)
  if (strict === true && !isStrict) warnings.add('tools.strict')
  for (const field of Object.keys(extra ?? {})) warnings.add(`tools.${field}`)
  return toolSpec({ name, description, parameters, isStrict })
}

interface Declaration {
  name: string
  description?: string | undefined
  parameters?: JsonObject | undefined
  isStrict?: boolean
}

/** The API wants an object at the root of the schema, and no empty description. */
function toolSpec({ name, description, parameters = {}, isStrict = false }: Declaration): JsonObject {
  const isBare = parameters['$ref'] === undefined && parameters['anyOf'] === undefined
  const json = { type: 'object', ...(isBare && { properties: {} }), ...parameters }
  return {
    toolSpec: { name, ...(description && { description }), inputSchema: { json }, ...(isStrict && { strict: true }) },
  }
}

/** The API has no word for "none". */
function formatToolChoice(choice: ChatRequest['tool_choice']): JsonObject | undefined {
  if (choice === undefined || choice === 'none') return undefined
  if (choice === 'auto') return { auto: {} }
  if (choice === 'required') return { any: {} }
  if (choice.type === 'function') return { tool: { name: choice.function.name } }
  return choice.mode === 'required' ? { any: {} } : { auto: {} }
}
