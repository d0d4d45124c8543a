import type { ChatRequest } from '../../chat.ts'
import { compact } from '../../json.ts'
import { adoptServerTools } from '../../server-tools/adopt-server-tools.ts'
import { WireError } from '../../wire-error.ts'
import type { WireContext, WireRequest } from '../../wire-format.ts'
import { nativeExtra } from '../openai-chat/native-extra.ts'
import { toReasoningEffort } from '../openai-chat/to-reasoning-effort.ts'
import { formatPrompt } from './format-prompt.ts'

/**
 * Writes the input of a prediction, in the names that most language models there have.
 * @throws WireError `unsupported` for tools, answers in a schema, several choices, and all media but one image.
 */
export function formatRequest(asked: ChatRequest, { model }: WireContext): WireRequest {
  const warnings = new Set<string>()
  const request = adoptServerTools(asked, { format: 'replicate-prediction', model, warnings })
  refuseUnsayable(request)
  nativeExtra(request, { formatId: 'replicate-prediction', warnings })
  for (const field of ['user', 'service_tier', 'logprobs', 'top_logprobs', 'thinking'] as const) {
    if (request[field]) warnings.add(field)
  }
  const input = compact({
    ...formatPrompt(request.messages, warnings),
    max_tokens: request.max_completion_tokens,
    temperature: request.temperature,
    top_p: request.top_p,
    top_k: request.top_k,
    seed: request.seed,
    stop_sequences: request.stop?.length ? request.stop.join(',') : undefined,
    frequency_penalty: request.frequency_penalty,
    presence_penalty: request.presence_penalty,
    reasoning_effort: toReasoningEffort(request),
  })
  return { body: { input, ...(request.stream && { stream: true }) }, warnings: [...warnings] }
}

function refuseUnsayable({ n, tools = [], tool_choice, response_format: format }: ChatRequest): void {
  if (n !== undefined && n > 1) throw new WireError('unsupported', 'Replicate gives one answer: send `n: 1`.', 'n')
  if (tools.length > 0 && tool_choice !== 'none') {
    throw new WireError('unsupported', 'Models at Replicate take no tools: use another provider.', 'tools')
  }
  if (format !== undefined && format.type !== 'text') {
    throw new WireError(
      'unsupported',
      'Models at Replicate take no answer format: ask for it in words.',
      'response_format',
    )
  }
}
