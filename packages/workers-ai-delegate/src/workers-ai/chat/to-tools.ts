import type { LanguageModelV4CallOptions, LanguageModelV4FunctionTool, SharedV4Warning } from '@ai-sdk/provider'

interface RunTools {
  tools?: object[]
  tool_choice?: 'auto' | 'none' | 'required' | { type: 'function'; function: { name: string } }
}

/** The tools that the model may call, and the choice among them. Tools that only their own provider runs are left out with a warning. */
export function toTools(
  { tools = [], toolChoice }: Pick<LanguageModelV4CallOptions, 'tools' | 'toolChoice'>,
  warnings: SharedV4Warning[],
): RunTools {
  const declared: object[] = []
  for (const tool of tools) {
    if (tool.type === 'function') declared.push(toTool(tool, warnings))
    else warnings.push({ type: 'unsupported', feature: `provider-defined tool ${tool.id}` })
  }
  if (declared.length === 0) return {}
  const choice = toToolChoice(toolChoice)
  return { tools: declared, ...(choice !== undefined && { tool_choice: choice }) }
}

function toTool(tool: LanguageModelV4FunctionTool, warnings: SharedV4Warning[]): object {
  const { name, description, inputSchema, inputExamples, strict } = tool
  if (inputExamples?.length) {
    warnings.push({ type: 'unsupported', feature: 'inputExamples', details: `Of the tool "${name}".` })
  }
  const described = { name, ...(description !== undefined && { description }), parameters: inputSchema }
  return { type: 'function', function: { ...described, ...(strict !== undefined && { strict }) } }
}

/** A tool by its name is enforced by the API, while `required` is advice that models may pass over. */
function toToolChoice(choice: LanguageModelV4CallOptions['toolChoice']): RunTools['tool_choice'] {
  return choice?.type === 'tool' ? { type: 'function', function: { name: choice.toolName } } : choice?.type
}

/** The names of the tools of which one has to be called; none where the model may answer in words. */
export function forcedToolsOf({ tools = [], toolChoice }: LanguageModelV4CallOptions): ReadonlySet<string> {
  const isForced = toolChoice?.type === 'required' || toolChoice?.type === 'tool'
  return new Set(isForced ? tools.flatMap((tool) => (tool.type === 'function' ? [tool.name] : [])) : [])
}
