import type { ChatRequest, FunctionTool } from '../../chat.ts'

/** The functions that the model may call, for formats that can't say that only some of the tools are allowed. */
export function offeredTools({ tools = [], tool_choice: choice }: ChatRequest): FunctionTool[] {
  const functions = tools.filter((tool) => tool.type === 'function')
  if (choice === undefined || typeof choice === 'string') return functions
  const names = choice.type === 'function' ? [choice.function.name] : choice.names
  return functions.filter(({ function: declared }) => names.includes(declared.name))
}
