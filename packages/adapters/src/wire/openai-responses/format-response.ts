import type { AssistantMessage, ChatRequest, ChatResponse, Delta } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import type { WireContext } from '../../wire-format.ts'
import { createOutputWriter } from './create-output-writer.ts'
import { formatEnding } from './ending.ts'
import { responseId } from './response-id.ts'
import { formatEnvelope } from './format-envelope.ts'

/** Writes a response, of the first choice only: the format has room for one. */
export function formatResponse(
  { id, created, model, choices, usage, service_tier }: ChatResponse,
  context: WireContext,
  request: ChatRequest = { model, messages: [] },
): JsonObject {
  const [choice] = choices
  const output = createOutputWriter({ request, createId: () => context.createId(), emit: () => undefined })
  if (choice) output.write(deltaOf(choice.message), choice.logprobs)
  const ending = formatEnding(choice?.finish_reason ?? 'stop', output)
  output.close(ending.status)
  const completedAt = Math.floor(context.now() / 1000)
  const head = { id: responseId(id, context), created, model, service_tier }
  return formatEnvelope(request, { head, state: { ...ending, completedAt, output: output.items, usage } })
}

/** A whole message as one piece of a stream. */
function deltaOf({ content, tool_calls: calls, native: _, source: __, ...said }: AssistantMessage): Delta {
  return {
    ...said,
    content: typeof content === 'string' ? content : (content ?? []).map(({ text }) => text).join(''),
    ...(calls && { tool_calls: calls.map((call, index) => ({ ...call, index })) }),
  }
}
