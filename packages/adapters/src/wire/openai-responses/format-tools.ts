import type { ChatRequest, FunctionTool } from '../../chat.ts'
import type { Json, JsonObject } from '../../json.ts'
import { formatId } from './format-id.ts'
import { toolNamesOf } from './tool-names.ts'

/** Flat tools. */
export function formatTools({ tools = [], extra_format }: ChatRequest, warnings: Set<string>): JsonObject[] {
  const isNative = extra_format === formatId
  return tools.flatMap((tool) => {
    if (tool.type === 'function') return [formatFunction(tool, { isNative, warnings })]
    return [tool.tool]
  })
}

interface FunctionContext {
  isNative: boolean
  warnings: Set<string>
}

/** Unlike elsewhere a function is strict here unless it says that it isn't. */
function formatFunction(
  { function: declared, custom, cache_control, extra = {} }: FunctionTool,
  { isNative, warnings }: FunctionContext,
): JsonObject {
  const { name, description, parameters, strict } = declared
  if (cache_control) warnings.add('cache_control')
  if (!isNative) for (const field of Object.keys(extra)) warnings.add(`tools.${field}`)
  const head = { name, ...(description !== undefined && { description }) }
  const own = isNative ? extra : {}
  if (custom) return { type: 'custom', ...head, ...own }
  return {
    type: 'function',
    ...head,
    parameters: parameters ?? { type: 'object', properties: {} },
    ...(strict === undefined && isNative ? {} : { strict: strict ?? false }),
    ...own,
  }
}

/** The choice among the tools; the caller's own words where they name tools that only the vendor has. */
export function formatToolChoice(request: ChatRequest): Json | undefined {
  const { tool_choice: choice, extra, extra_format } = request
  const native = extra_format === formatId ? extra?.['tool_choice'] : undefined
  if (native !== undefined) return native
  if (choice === undefined || typeof choice === 'string') return choice
  const { custom } = toolNamesOf(request)
  const server = new Set((request.tools ?? []).map((tool) => (tool.type === 'server' ? tool.tool['type'] : undefined)))
  const named = (name: string): JsonObject =>
    server.has(name) ? { type: name } : { type: custom.has(name) ? 'custom' : 'function', name }
  if (choice.type === 'function') return named(choice.function.name)
  return { type: 'allowed_tools', mode: choice.mode, tools: choice.names.map(named) }
}
