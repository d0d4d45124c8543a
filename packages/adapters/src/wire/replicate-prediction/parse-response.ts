import type { ChatResponse, ChatUsage } from '../../chat.ts'
import { numberOf, objectOf, stringOf, stringsOf, type Json, type JsonObject } from '../../json.ts'
import type { WireContext } from '../../wire-format.ts'

/** Reads a prediction that has ended. A model's output is a text, or its pieces. */
export function parseResponse(body: JsonObject, context: WireContext): ChatResponse {
  const usage = toChatUsage(body['metrics'])
  const message = { role: 'assistant' as const, content: textOf(body['output']), refusal: null }
  return {
    id: stringOf(body['id']) || `chat-${context.createId()}`,
    object: 'chat.completion',
    created: Math.floor(context.now() / 1000),
    model: context.model,
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    ...(usage && { usage }),
  }
}

function textOf(output: Json | undefined): string {
  return typeof output === 'string' ? output : stringsOf(output).join('')
}

/** Which name the counts have depends on the model. */
function toChatUsage(value: unknown): ChatUsage | undefined {
  const metrics = objectOf(value)
  const prompt = numberOf(metrics?.['input_token_count']) ?? numberOf(metrics?.['token_input_count'])
  const completion = numberOf(metrics?.['output_token_count']) ?? numberOf(metrics?.['token_output_count'])
  if (prompt === undefined || completion === undefined) return undefined
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion }
}
