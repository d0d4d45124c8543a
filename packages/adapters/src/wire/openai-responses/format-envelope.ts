import type { ChatRequest, ChatUsage } from '../../chat.ts'
import { objectOf, type Json, type JsonObject } from '../../json.ts'
import { formatId } from './format-id.ts'
import { formatReasoning } from './format-reasoning.ts'
import { formatText } from './format-text.ts'
import { formatToolChoice, formatTools } from './format-tools.ts'
import { formatUsage } from './format-usage.ts'
import { splitInstructions } from './split-instructions.ts'

/** What a response says of itself. */
export interface ResponseHead {
  id: string
  /** Unix seconds. */
  created: number
  model: string
  service_tier?: string | undefined
}

export interface ResponseState {
  status: 'in_progress' | 'completed' | 'incomplete' | 'failed'
  /** Unix seconds. */
  completedAt?: number
  output: readonly JsonObject[]
  incomplete_details?: JsonObject | null
  error?: JsonObject
  usage?: ChatUsage | null | undefined
}

/**
 * A response object: what the answer is, and the request's parameters again, as the official clients' types demand.
 * @see https://platform.openai.com/docs/api-reference/responses/object
 */
export function formatEnvelope(
  request: ChatRequest,
  { head, state }: { head: ResponseHead; state: ResponseState },
): JsonObject {
  return {
    id: head.id,
    object: 'response',
    created_at: head.created,
    status: state.status,
    background: false,
    completed_at: state.completedAt ?? null,
    error: state.error ?? null,
    incomplete_details: state.incomplete_details ?? null,
    model: head.model,
    output: [...state.output],
    usage: state.usage ? formatUsage(state.usage) : null,
    service_tier: head.service_tier ?? request.service_tier ?? null,
    ...echoOf(request),
  }
}

function echoOf(request: ChatRequest): JsonObject {
  const { extra = {}, echo = {}, extra_format } = request
  const own = extra_format === formatId ? { ...extra, ...echo } : {}
  return {
    ...echoOfStore(own),
    instructions: splitInstructions(request).instructions ?? null,
    max_output_tokens: request.max_completion_tokens ?? null,
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    reasoning: { effort: null, summary: null, ...formatReasoning(request) },
    temperature: request.temperature ?? null,
    text: { format: { type: 'text' }, ...formatText(request) },
    tool_choice: formatToolChoice(request) ?? 'auto',
    tools: formatTools(request, new Set()),
    top_logprobs: request.top_logprobs ?? 0,
    top_p: request.top_p ?? null,
    user: request.user ?? null,
  }
}

/** Fields that come back as they were said, with what they are when they weren't. */
const storeFields: Readonly<Record<string, Json>> = {
  max_tool_calls: null,
  metadata: {},
  previous_response_id: null,
  prompt_cache_key: null,
  safety_identifier: null,
  store: true,
  truncation: 'disabled',
}

function echoOfStore(own: JsonObject): JsonObject {
  const stated = Object.entries(storeFields).map(([field, usual]) => [field, own[field] ?? usual])
  const conversation = own['conversation']
  const id = objectOf(conversation)?.['id'] ?? conversation
  return {
    ...Object.fromEntries(stated),
    ...(typeof id === 'string' && { conversation: { id } }),
    ...(objectOf(own['prompt']) && { prompt: own['prompt'] }),
  }
}
