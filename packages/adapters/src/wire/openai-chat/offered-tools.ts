import type { ChatRequest, FunctionTool } from '../../chat.ts'
import { WireError } from '../../wire-error.ts'

/**
 * The functions that the model may call, for formats that can't say that only some of the tools are allowed.
 * @throws WireError `unsupported` for a tool that another vendor runs itself.
 */
export function offeredTools({ tools = [], tool_choice: choice }: ChatRequest): FunctionTool[] {
  const functions = tools.map((tool, index): FunctionTool => {
    if (tool.type === 'function') return tool
    const name = String(tool.tool['type'] ?? 'server')
    throw new WireError('unsupported', `This provider has no \`${name}\` tool.`, `tools[${index}]`)
  })
  if (choice === undefined || typeof choice === 'string') return functions
  const names = choice.type === 'function' ? [choice.function.name] : choice.names
  return functions.filter(({ function: declared }) => names.includes(declared.name))
}
