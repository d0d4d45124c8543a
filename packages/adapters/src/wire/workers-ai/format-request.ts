import type { ChatRequest, ResponseFormat, ToolChoice } from '../../chat.ts'
import { compact, type Json, type JsonObject } from '../../json.ts'
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
 * Writes the inputs of a run; the model is named in the path. Most models stop after 256 tokens unless told otherwise
 * and do not say so: without a limit from the caller it is 2,048, or 8,192 where reasoning is asked for. A choice of
 * tools sends only those. A schema and a stream exclude each other: the schema wins, and the answer comes whole.
 * @throws WireError `unsupported` for several choices, images by URL, audio, documents that are not text.
 */
export function formatRequest(asked: ChatRequest, context: WireContext): WireRequest {
  if (asked.n !== undefined && asked.n > 1) {
    throw new WireError('unsupported', 'Workers AI gives one answer: send `n: 1`, or ask several times.', 'n')
  }
  const warnings = new Set<string>()
  const request = adoptServerTools(asked, { format: formatId, model: context.model, warnings })
  const format = formatResponseFormat(request.response_format)
  const isStream = request.stream === true && format?.['type'] !== 'json_schema'
  if (request.stream === true && !isStream) warnings.add('stream')
  const body = {
    ...nativeExtra(request, { formatId, warnings }),
    messages: formatMessages(request.messages, warnings),
    ...formatTools(request, warnings),
    response_format: format,
    max_tokens: request.max_completion_tokens ?? defaultMaxTokens(request),
    ...formatSampling(request, warnings),
    reasoning_effort: toReasoningEffort(request),
    ...(request.thinking?.type === 'disabled' && { chat_template_kwargs: { enable_thinking: false } }),
    stream: isStream ? true : undefined,
  }
  return { body: compact(body), warnings: [...warnings] }
}

function defaultMaxTokens({ reasoning_effort: effort, thinking }: ChatRequest): number {
  const isReasoning = effort === undefined ? thinking !== undefined && thinking.type !== 'disabled' : effort !== 'none'
  return isReasoning ? 8192 : 2048
}

function formatSampling(request: ChatRequest, warnings: Set<string>): JsonObject {
  if (request.user !== undefined) warnings.add('user')
  if (request.service_tier !== undefined) warnings.add('service_tier')
  const { temperature, top_p, top_k, seed, frequency_penalty, presence_penalty, logprobs, top_logprobs, stop } = request
  const draw = { temperature, top_p, top_k, seed, frequency_penalty, presence_penalty, logprobs, top_logprobs }
  return { ...compact(draw), ...(stop?.length && { stop }) }
}

function formatTools(request: ChatRequest, warnings: Set<string>): JsonObject {
  const tools = offeredTools(request)
  if (tools.length === 0) return {}
  if (request.parallel_tool_calls === false) warnings.add('parallel_tool_calls')
  for (const tool of tools) warnOfTool(tool, warnings)
  const declared = tools.map(({ function: { name, description, parameters, strict } }): JsonObject => {
    if (strict === true) warnings.add('tools.strict')
    const properties = parameters ?? { type: 'object', properties: {} }
    return { type: 'function', function: { name, description: description ?? '', parameters: properties } }
  })
  const choice = formatToolChoice(request.tool_choice)
  return { tools: declared, ...(choice !== undefined && { tool_choice: choice }) }
}

/** A choice that names tools has been made by offering only those. */
function formatToolChoice(choice: ToolChoice | undefined): Json | undefined {
  if (choice === undefined || typeof choice === 'string') return choice
  return choice.type === 'function' ? 'required' : choice.mode
}

/** The schema stands bare under `json_schema`; name and description go into it. */
function formatResponseFormat(format: ResponseFormat | undefined): JsonObject | undefined {
  if (format === undefined || format.type === 'text') return undefined
  if (format.type === 'json_object') return { type: 'json_object' }
  const { name, description, schema } = format.json_schema
  if (schema === undefined) return { type: 'json_object' }
  return {
    type: 'json_schema',
    json_schema: { title: name, ...(description !== undefined && { description }), ...schema },
  }
}
