import type { ChatRequest, FunctionTool } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { formatId } from './format-id.ts'

export interface ToolFields {
  tools: JsonObject[] | undefined
  functionCallingConfig: JsonObject | undefined
}

/** Functions in one tool, server tools each in their own. */
export function formatTools(request: ChatRequest, warnings: Set<string>): ToolFields {
  const { tools = [], tool_choice: choice } = request
  const isSubset = typeof choice === 'object' && choice.type === 'allowed_tools' && choice.mode === 'auto'
  const names = isSubset ? new Set(choice.names) : undefined
  const isNative = request.extra_format === formatId
  const declarations = tools.flatMap((tool) => {
    if (tool.type === 'server' || (names && !names.has(tool.function.name))) return []
    return [formatFunction(tool, { warnings, isNative })]
  })
  const servers = tools.flatMap((tool) => (tool.type === 'server' ? [tool.tool] : []))
  const all = [...(declarations.length > 0 ? [{ functionDeclarations: declarations }] : []), ...servers]
  return {
    tools: all.length > 0 ? all : undefined,
    functionCallingConfig: declarations.length > 0 ? formatToolChoice(request) : undefined,
  }
}

interface FunctionContext {
  warnings: Set<string>
  isNative: boolean
}

function formatFunction(tool: FunctionTool, { warnings, isNative }: FunctionContext): JsonObject {
  const { function: declared, cache_control, extra = {} } = tool
  const { name, description, parameters, strict } = declared
  if (strict) warnings.add('tools.strict')
  if (cache_control) warnings.add('cache_control')
  if (!isNative) for (const field of Object.keys(extra)) warnings.add(`tools.${field}`)
  return {
    name,
    ...(description !== undefined && { description }),
    ...(parameters && { parametersJsonSchema: parameters }),
    ...(isNative && extra),
  }
}

function formatToolChoice({ tool_choice: choice }: ChatRequest): JsonObject | undefined {
  if (choice === undefined) return undefined
  if (choice === 'auto') return { mode: 'AUTO' }
  if (choice === 'none') return { mode: 'NONE' }
  if (choice === 'required') return { mode: 'ANY' }
  if (choice.type === 'function') return { mode: 'ANY', allowedFunctionNames: [choice.function.name] }
  return choice.mode === 'auto' ? { mode: 'AUTO' } : { mode: 'ANY', allowedFunctionNames: choice.names }
}
