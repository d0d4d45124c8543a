import type { ChatRequest, ServerTool } from '../chat.ts'
import { objectOf, objectsOf, stringOf } from '../json.ts'
import { nameOfServerTool } from './read-server-tool.ts'

export interface ServerToolChoice {
  /** The model may call the tool. */
  allows(tool: ServerTool): boolean
  /** The model must call the tool. */
  forces(tool: ServerTool): boolean
}

/** What a request's choice of tools says of those that the vendor runs. Formats that list functions mean only those. */
export function readServerToolChoice({ tools = [], tool_choice, extra, extra_format }: ChatRequest): ServerToolChoice {
  const isResponses = extra_format === 'openai-responses'
  const native = isResponses ? objectOf(extra?.['tool_choice']) : undefined
  const subset = typeof tool_choice === 'object' && tool_choice.type === 'allowed_tools' ? tool_choice : undefined
  const listed = objectsOf(native?.['tools']).map(({ type }) => stringOf(type))
  const named =
    typeof tool_choice === 'object' && tool_choice.type === 'function' ? tool_choice.function.name : undefined
  const isAlone = tools.length === 1 && (tool_choice === 'required' || subset?.mode === 'required')
  return {
    allows: (tool) => tool_choice !== 'none' && (!subset || !isResponses || listed.some((type) => isKind(tool, type))),
    forces: (tool) =>
      isAlone || isKind(tool, stringOf(native?.['type'])) || (named !== undefined && named === tool.tool['name']),
  }
}

/** The versions of OpenAI's web search count as one. */
function isKind(tool: ServerTool, type: string | undefined): boolean {
  const search = 'web_search'
  return (
    type !== undefined &&
    (nameOfServerTool(tool) === type || (nameOfServerTool(tool).startsWith(search) && type.startsWith(search)))
  )
}
