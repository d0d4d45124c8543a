import type { ChatRequest, ResponseFormat } from '../../chat.ts'
import { compact, objectOf, type Json, type JsonObject } from '../../json.ts'
import { adoptServerTools } from '../../server-tools/adopt-server-tools.ts'
import { WireError } from '../../wire-error.ts'
import type { WireContext, WireRequest } from '../../wire-format.ts'
import { nativeExtra } from '../openai-chat/native-extra.ts'
import { offeredTools } from '../openai-chat/offered-tools.ts'
import { toReasoningEffort } from '../openai-chat/to-reasoning-effort.ts'
import { warnOfTool } from '../openai-chat/warn-of-tool.ts'
import { formatId } from './format-id.ts'
import { formatMessages } from './format-messages.ts'

/**
 * Writes a chat request. Nothing can force a call: a choice of tools sends only those, with a warning.
 * @throws WireError `unsupported` for several choices, media that Ollama has no place for.
 */
export function formatRequest(asked: ChatRequest, context: WireContext): WireRequest {
  if (asked.n !== undefined && asked.n > 1) {
    throw new WireError('unsupported', 'Ollama gives one answer: send `n: 1`, or ask several times.', 'n')
  }
  const warnings = new Set<string>()
  const request = adoptServerTools(asked, { format: formatId, model: context.model, warnings })
  for (const field of ['user', 'service_tier'] as const) if (request[field]) warnings.add(field)
  const { options: ownOptions, ...extra } = nativeExtra(request, { formatId, warnings })
  const options = { ...objectOf(ownOptions), ...formatOptions(request) }
  const body = {
    ...extra,
    model: context.model,
    messages: formatMessages(request.messages, warnings),
    tools: formatTools(request, warnings),
    format: formatFormat(request.response_format),
    think: formatThink(request),
    logprobs: request.logprobs,
    top_logprobs: request.top_logprobs,
    options: Object.keys(options).length > 0 ? options : undefined,
    stream: request.stream ?? false,
  }
  return { body: compact(body), warnings: [...warnings] }
}

function formatOptions(request: ChatRequest): JsonObject {
  return compact({
    num_predict: request.max_completion_tokens,
    temperature: request.temperature,
    top_p: request.top_p,
    top_k: request.top_k,
    seed: request.seed,
    stop: request.stop?.length ? request.stop : undefined,
    frequency_penalty: request.frequency_penalty,
    presence_penalty: request.presence_penalty,
  })
}

function formatTools(request: ChatRequest, warnings: Set<string>): JsonObject[] | undefined {
  const tools = offeredTools(request)
  const { tool_choice: choice } = request
  if (tools.length === 0 || choice === 'none') return undefined
  if (choice !== undefined && choice !== 'auto') warnings.add('tool_choice')
  if (request.parallel_tool_calls === false) warnings.add('parallel_tool_calls')
  for (const tool of tools) warnOfTool(tool, warnings)
  return tools.map(({ function: { name, description, parameters, strict } }) => {
    if (strict === true) warnings.add('tools.strict')
    const declared = { name, description, parameters: parameters ?? { type: 'object', properties: {} } }
    return { type: 'function', function: compact(declared) }
  })
}

function formatFormat(format: ResponseFormat | undefined): Json | undefined {
  if (format === undefined || format.type === 'text') return undefined
  return (format.type === 'json_schema' ? format.json_schema.schema : undefined) ?? 'json'
}

/** The levels that Ollama knows, for those that others know. */
const levels: Readonly<Record<string, string>> = { minimal: 'low', xhigh: 'high' }

function formatThink(request: ChatRequest): Json | undefined {
  const { thinking, reasoning_effort: effort } = request
  if (thinking?.type === 'disabled' || effort === 'none') return false
  if (thinking && effort === undefined && thinking.budget_tokens === undefined) return true
  const level = toReasoningEffort(request)
  return level === undefined ? undefined : (levels[level] ?? level)
}
