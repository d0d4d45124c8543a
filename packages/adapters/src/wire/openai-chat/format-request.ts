import type { ChatRequest, Tool, ToolChoice } from '../../chat.ts'
import { compact, objectOf, type Json, type JsonObject } from '../../json.ts'
import { adoptServerTools } from '../../server-tools/adopt-server-tools.ts'
import type { WireContext, WireRequest } from '../../wire-format.ts'
import { formatId } from './format-id.ts'
import type { ReasoningBack } from './format-reasoning.ts'
import { formatMessages } from './format-messages.ts'
import { toReasoningEffort } from './to-reasoning-effort.ts'
import { warnOfTool } from './warn-of-tool.ts'

/**
 * Writes a request for callers of other formats. Dropped with a warning: `top_k`, `cache_control`, reasoning of earlier
 * turns, server tools that the model has not.
 * @throws WireError `unsupported` for documents by URL.
 */
export function formatRequest(asked: ChatRequest, context: WireContext, reasoning?: ReasoningBack): WireRequest {
  const warnings = new Set<string>()
  const request = adoptServerTools(asked, { format: formatId, model: context.model, warnings })
  const { tools, tool_choice, stop, thinking, top_k, stream, messages } = request
  if (top_k !== undefined) warnings.add('top_k')
  const effort = toReasoningEffort(request)
  if (effort === undefined && thinking?.type === 'disabled') warnings.add('thinking')

  const declared = tools?.flatMap((tool) => formatTool(tool, warnings))
  const body = {
    ...formatExtra(request, warnings),
    model: context.model,
    ...pick(request, sameFields),
    ...searchOptionsOf(tools),
    messages: formatMessages(messages, { warnings, reasoning }),
    tools: declared?.length ? declared : undefined,
    tool_choice: declared?.length ? formatToolChoice(tool_choice) : undefined,
    parallel_tool_calls: declared?.length ? request.parallel_tool_calls : undefined,
    stop: stop?.length ? stop : undefined,
    reasoning_effort: effort,
    stream,
    stream_options: stream ? { include_usage: true } : undefined,
  }
  return { body: toJson(compact(body)), warnings: [...warnings] }
}

/** What means the same in the canonical form and in OpenAI's. */
const sameFields = [
  'response_format',
  'max_completion_tokens',
  'temperature',
  'top_p',
  'n',
  'seed',
  'frequency_penalty',
  'presence_penalty',
  'logprobs',
  'top_logprobs',
  'user',
  'service_tier',
] as const satisfies readonly (keyof ChatRequest)[]

function pick<K extends keyof ChatRequest>(request: ChatRequest, fields: readonly K[]): Partial<ChatRequest> {
  return Object.fromEntries(fields.map((field) => [field, request[field]]))
}

function formatExtra({ extra = {}, extra_format }: ChatRequest, warnings: Set<string>): JsonObject {
  if (extra_format === formatId) return extra
  for (const [field, value] of Object.entries(extra)) {
    if (value !== undefined && value !== null && value !== false) warnings.add(field)
  }
  return {}
}

/** Canonical values are plain JSON whose declared shape is narrower than `JsonObject`. */
function toJson(value: object): JsonObject {
  return { ...value }
}

function formatTool(tool: Tool, warnings: Set<string>): JsonObject[] {
  if (tool.type === 'function') {
    warnOfTool(tool, warnings)
    return [{ type: 'function', function: toJson(tool.function) }]
  }
  return tool.tool['web_search_options'] ? [] : [tool.tool]
}

/** The one server tool that is a field of its own. */
function searchOptionsOf(tools: readonly Tool[] = []): JsonObject {
  const options = tools.map((tool) => (tool.type === 'server' ? objectOf(tool.tool['web_search_options']) : undefined))
  return compact({ web_search_options: options.find((stated) => stated !== undefined) })
}

function formatToolChoice(choice: ToolChoice | undefined): Json | undefined {
  if (choice === undefined || typeof choice === 'string') return choice
  if (choice.type === 'function') return { type: 'function', function: { name: choice.function.name } }
  const tools = choice.names.map((name) => ({ type: 'function', function: { name } }))
  return { type: 'allowed_tools', allowed_tools: { mode: choice.mode, tools } }
}
