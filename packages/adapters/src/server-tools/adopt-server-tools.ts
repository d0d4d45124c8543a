import type { ChatRequest, ServerTool, Tool, ToolChoice } from '../chat.ts'
import { objectOf } from '../json.ts'
import { WireError } from '../wire-error.ts'
import { flattenNamespaces } from '../wire/openai-responses/namespace-tool.ts'
import { formatServerTool, type FormattedTool } from './format-server-tool.ts'
import { nameOfServerTool, readServerTool } from './read-server-tool.ts'
import { readServerToolChoice, type ServerToolChoice } from './server-tool-choice.ts'
import type { ServerWish } from './server-wish.ts'

interface AdoptContext {
  /** The target's wire format. */
  format: string
  model: string
  warnings: Set<string>
}

/**
 * The request with only such server tools as the target has: web search and code execution in the target's words,
 * namespaces as their functions. Others are dropped with a warning, and with the last tool goes the choice among them.
 * @throws WireError `unsupported` for a tool that would be dropped although the caller wants it called.
 */
export function adoptServerTools(request: ChatRequest, context: AdoptContext): ChatRequest {
  const { format } = context
  const isForeign = (tool: Tool): tool is ServerTool => tool.type === 'server' && tool.format !== format
  const asked = format === 'openai-chat' ? request : liftSearchOptions(request)
  const { tools = [], extra } = asked
  if (!tools.some(isForeign)) return asked
  const flat = flattenNamespaces(tools, format)
  const hasFunctions = flat.some(({ type }) => type === 'function')
  const choice = readServerToolChoice(asked)
  const adopted = flat.flatMap((tool): Adopted[] => {
    if (!isForeign(tool)) return [{ tool }]
    if (!choice.allows(tool)) return []
    return adopt(tool, { ...context, hasFunctions, choice })
  })
  const { tool_choice: chosen, ...others } = extra ?? {}
  const isRead = asked.extra_format === 'openai-responses' && chosen !== undefined
  return withTools(isRead ? { ...asked, extra: others } : asked, { adopted, context })
}

/** `web_search_options` of a chat completion, as the tool that they are in other formats. */
function liftSearchOptions(request: ChatRequest): ChatRequest {
  const { extra, extra_format, tools = [] } = request
  const { web_search_options: options, ...others } = extra ?? {}
  if (extra_format !== 'openai-chat' || !objectOf(options)) return request
  const tool: ServerTool = { type: 'server', format: extra_format, tool: { web_search_options: options } }
  return { ...request, extra: others, tools: [...tools, tool] }
}

interface Adopted {
  tool: Tool
  /** The tool in the target's words, where the caller wants it called. */
  forced?: FormattedTool
}

interface ToolContext extends AdoptContext {
  hasFunctions: boolean
  choice: ServerToolChoice
}

function adopt(tool: ServerTool, { choice, warnings, ...target }: ToolContext): Adopted[] {
  const name = nameOfServerTool(tool)
  const read = readServerTool(tool)
  const formatted = read && formatServerTool(read.wish, target)
  if (read === undefined || formatted === undefined) {
    if (choice.forces(tool)) throw missing(name)
    warnings.add(`tools.${name}`)
    return []
  }
  const lost = optionsOf(read.wish).filter((option) => !formatted.said.some((said) => said === option))
  for (const option of [...read.others, ...lost]) warnings.add(`tools.${name}.${option}`)
  const own: ServerTool = { type: 'server', format: target.format, tool: formatted.tool }
  return [{ tool: own, ...(choice.forces(tool) && { forced: formatted }) }]
}

const missing = (name: string): WireError =>
  new WireError('unsupported', `This model has no \`${name}\` tool, and the request demands it.`, 'tool_choice')

/** A medium search is what is done anyway. */
function optionsOf({ kind: _, ...options }: ServerWish): string[] {
  const stated = Object.entries(options).filter(([, value]) => value !== 'medium')
  return stated.map(([option]) => option)
}

interface Outcome {
  adopted: readonly Adopted[]
  context: AdoptContext
}

function withTools(request: ChatRequest, { adopted, context }: Outcome): ChatRequest {
  const { tools = [], tool_choice: stated, parallel_tool_calls: parallel, ...rest } = request
  const [only] = adopted
  if (only === undefined) {
    const [first] = tools
    if (isRequired(stated) && first?.type === 'server') throw missing(nameOfServerTool(first))
    return rest
  }
  const forced = adopted.find((tool) => tool.forced)?.forced
  const choice = forced ? choiceOf(forced, context.warnings) : stated
  return {
    ...rest,
    tools: adopted.map(({ tool }) => tool),
    ...(choice !== undefined && { tool_choice: choice }),
    ...(parallel !== undefined && { parallel_tool_calls: parallel }),
  }
}

const isRequired = (choice: ToolChoice | undefined): boolean =>
  choice === 'required' || (typeof choice === 'object' && choice.type === 'allowed_tools' && choice.mode === 'required')

/** The choice of a server tool by the name that it has at the target. */
function choiceOf({ name, alwaysRuns }: FormattedTool, warnings: Set<string>): ToolChoice | undefined {
  if (name !== undefined) return { type: 'function', function: { name } }
  if (!alwaysRuns) warnings.add('tool_choice')
  return undefined
}
