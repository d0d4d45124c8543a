import type { ChatRequest, ResponseFormat, ToolChoice } from '../../chat.ts'
import { compact, type JsonObject } from '../../json.ts'
import { adoptServerTools } from '../../server-tools/adopt-server-tools.ts'
import { WireError } from '../../wire-error.ts'
import type { WireContext, WireRequest } from '../../wire-format.ts'
import { nativeExtra } from '../openai-chat/native-extra.ts'
import { offeredTools } from '../openai-chat/offered-tools.ts'
import { warnOfTool } from '../openai-chat/warn-of-tool.ts'
import { formatId } from './format-id.ts'
import { formatMessages } from './format-messages.ts'

/**
 * Writes a Chat request. Text files become `documents`. A choice of tools sends only those. `top_p` and the penalties
 * are bent into Cohere's ranges. Each field that was dropped or bent is named in `warnings`.
 * @throws WireError `unsupported` for several choices, audio, documents that are not text.
 */
export function formatRequest(asked: ChatRequest, context: WireContext): WireRequest {
  if (asked.n !== undefined && asked.n > 1) {
    throw new WireError('unsupported', 'Cohere gives one answer: send `n: 1`, or ask several times.', 'n')
  }
  const warnings = new Set<string>()
  const request = adoptServerTools(asked, { format: formatId, model: context.model, warnings })
  const { messages, documents } = formatMessages(request.messages, warnings)
  const body = {
    ...nativeExtra(request, { formatId, warnings }),
    model: context.model,
    messages,
    documents: documents.length > 0 ? documents : undefined,
    ...formatTools(request, warnings),
    response_format: formatResponseFormat(request.response_format),
    max_tokens: request.max_completion_tokens,
    ...formatSampling(request, warnings),
    thinking: formatThinking(request),
    stream: request.stream,
  }
  return { body: compact(body), warnings: [...warnings] }
}

function formatTools(request: ChatRequest, warnings: Set<string>): JsonObject {
  const tools = offeredTools(request)
  if (tools.length === 0) return {}
  if (request.parallel_tool_calls === false) warnings.add('parallel_tool_calls')
  for (const tool of tools) warnOfTool(tool, warnings)
  const isStrict = tools.some(({ function: declared }) => declared.strict === true)
  const declared = tools.map(({ function: { strict: _, parameters, ...fields } }): JsonObject => {
    const properties = parameters ?? { type: 'object', properties: {} }
    return { type: 'function', function: { ...fields, parameters: properties } }
  })
  const choice = formatToolChoice(request.tool_choice)
  return { tools: declared, ...(isStrict && { strict_tools: true }), ...(choice && { tool_choice: choice }) }
}

/** Without a choice the model decides. A choice that names tools has been made by offering only those. */
function formatToolChoice(choice: ToolChoice | undefined): string | undefined {
  if (choice === 'none') return 'NONE'
  if (choice === undefined || choice === 'auto') return undefined
  if (choice === 'required' || choice.type === 'function') return 'REQUIRED'
  return choice.mode === 'required' ? 'REQUIRED' : undefined
}

function formatResponseFormat(format: ResponseFormat | undefined): JsonObject | undefined {
  if (format === undefined || format.type === 'text') return undefined
  const schema = format.type === 'json_schema' ? format.json_schema.schema : undefined
  return { type: 'json_object', ...(schema && { json_schema: schema }) }
}

function formatSampling(request: ChatRequest, warnings: Set<string>): JsonObject {
  for (const field of ['user', 'service_tier', 'top_logprobs'] as const) if (request[field]) warnings.add(field)
  const bend = (
    field: 'top_p' | 'top_k' | 'frequency_penalty' | 'presence_penalty',
    [least, most]: [number, number],
  ) => {
    const value = request[field]
    if (value === undefined) return undefined
    if (value < least || value > most) warnings.add(field)
    return Math.min(most, Math.max(least, value))
  }
  return compact({
    temperature: request.temperature,
    p: bend('top_p', [0.01, 0.99]),
    k: bend('top_k', [0, 500]),
    seed: request.seed,
    frequency_penalty: bend('frequency_penalty', [0, 1]),
    presence_penalty: bend('presence_penalty', [0, 1]),
    stop_sequences: request.stop?.length ? request.stop : undefined,
    logprobs: request.logprobs,
  })
}

/** Most tokens of reasoning for an effort; a high one has no bound. */
const budgets: Readonly<Record<string, number>> = { minimal: 1024, low: 4096, medium: 16_384 }

function formatThinking({ thinking, reasoning_effort: effort }: ChatRequest): JsonObject | undefined {
  if (thinking?.type === 'disabled' || (thinking === undefined && effort === 'none')) return { type: 'disabled' }
  if (thinking === undefined && effort === undefined) return undefined
  const budget = thinking?.budget_tokens ?? budgets[effort ?? '']
  return { type: 'enabled', ...(budget !== undefined && { token_budget: budget }) }
}
