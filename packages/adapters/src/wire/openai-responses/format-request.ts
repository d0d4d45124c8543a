import type { ChatRequest } from '../../chat.ts'
import { compact, stringsOf, type JsonObject } from '../../json.ts'
import { adoptServerTools } from '../../server-tools/adopt-server-tools.ts'
import { WireError } from '../../wire-error.ts'
import type { WireContext, WireRequest } from '../../wire-format.ts'
import { nativeExtra } from '../openai-chat/native-extra.ts'
import { formatId } from './format-id.ts'
import { formatInput } from './format-input.ts'
import { formatReasoning, isReasoning } from './format-reasoning.ts'
import { formatText } from './format-text.ts'
import { formatToolChoice, formatTools } from './format-tools.ts'
import { includes } from './includes.ts'
import { splitInstructions } from './split-instructions.ts'

/** The smallest `max_output_tokens`. */
const leastTokens = 16

const dropped = ['top_k', 'seed', 'frequency_penalty', 'presence_penalty'] as const

/**
 * Writes a Responses request. Callers of other formats keep their conversation themselves: nothing is stored, and
 * reasoning comes encrypted so that it can go back. Each field that was dropped or bent is named in `warnings`.
 * @throws WireError `unsupported` for several choices, and for files without content.
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
export function formatRequest(asked: ChatRequest, context: WireContext): WireRequest {
  if (asked.n !== undefined && asked.n > 1) {
    throw new WireError('unsupported', 'The Responses API gives one answer: send `n: 1`, or ask several times.', 'n')
  }
  const warnings = new Set<string>()
  const request = adoptServerTools(asked, { format: formatId, model: context.model, warnings })
  for (const field of dropped) if (request[field] !== undefined) warnings.add(field)
  if (request.stop?.length) warnings.add('stop')
  const { instructions, messages } = splitInstructions(request)
  const reasoning = formatReasoning(request)
  if (reasoning === undefined && request.thinking?.type === 'disabled') warnings.add('thinking')
  const tools = formatTools(request, warnings)
  const body = {
    ...nativeExtra(request, { formatId, warnings }),
    ...(request.extra_format === formatId && request.echo),
    ...formatState(request, context.model),
    model: context.model,
    instructions,
    input: formatInput(messages, { request, warnings }),
    tools: tools.length > 0 ? tools : undefined,
    tool_choice: tools.length > 0 ? formatToolChoice(request) : undefined,
    parallel_tool_calls: tools.length > 0 ? request.parallel_tool_calls : undefined,
    text: formatText(request),
    reasoning,
    max_output_tokens: formatMaxTokens(request, warnings),
    temperature: request.temperature,
    top_p: request.top_p,
    top_logprobs: request.top_logprobs,
    user: request.user,
    service_tier: request.service_tier,
    stream: request.stream,
  }
  return { body: compact(body), warnings: [...warnings] }
}

function formatState(request: ChatRequest, model: string): JsonObject {
  const isNative = request.extra_format === formatId
  const wantsSecret = isNative ? request.encrypted_reasoning : isReasoning(request, model)
  const include = [
    ...(isNative ? stringsOf(request.extra?.['include']) : []),
    ...(wantsSecret ? [includes.encryptedReasoning] : []),
    ...(request.logprobs ? [includes.logprobs] : []),
  ]
  return { ...(include.length > 0 && { include }), ...(!isNative && { store: false }) }
}

function formatMaxTokens(request: ChatRequest, warnings: Set<string>): number | undefined {
  const { max_completion_tokens: most, extra_format } = request
  if (most === undefined || most >= leastTokens || extra_format === formatId) return most
  warnings.add('max_completion_tokens')
  return leastTokens
}
