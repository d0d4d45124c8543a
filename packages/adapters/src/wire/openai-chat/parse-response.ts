import type { AssistantMessage, ChatResponse, Choice, ToolCall } from '../../chat.ts'
import { numberOf, objectOf, objectsOf, stringOf, type JsonObject } from '../../json.ts'
import type { WireContext } from '../../wire-format.ts'
import { toFinishReason } from './finish-reason.ts'
import { parseUsage } from './parse-usage.ts'
import { readAnnotations } from './read-annotations.ts'
import { readContent } from './read-content.ts'
import { readImages } from './read-images.ts'
import { readReasoningDetails } from './read-reasoning-details.ts'
import { answerFields, unnamedFields } from './unnamed-fields.ts'

/** Reads a chat completion and puts right what imitators of the format get wrong. */
export function parseResponse(body: JsonObject, context: WireContext): ChatResponse {
  const usage = parseUsage(body['usage']) ?? parseUsage(objectOf(body['x_groq'])?.['usage'])
  const extra = unnamedFields(body, answerFields)
  const serviceTier = stringOf(body['service_tier'])
  const fingerprint = stringOf(body['system_fingerprint'])
  return {
    id: stringOf(body['id']) || `chatcmpl-${context.createId()}`,
    object: 'chat.completion',
    created: numberOf(body['created']) || Math.floor(context.now() / 1000),
    model: stringOf(body['model']) || context.model,
    choices: objectsOf(body['choices']).map((choice, position) => parseChoice(choice, { position, body, context })),
    ...(usage && { usage }),
    ...(serviceTier !== undefined && { service_tier: serviceTier }),
    ...(fingerprint !== undefined && { system_fingerprint: fingerprint }),
    ...(extra && { extra }),
  }
}

interface ChoiceContext {
  position: number
  body: JsonObject
  context: WireContext
}

function parseChoice(choice: JsonObject, { position, body, context }: ChoiceContext): Choice {
  const message = objectOf(choice['message']) ?? {}
  const toolCalls = objectsOf(message['tool_calls']).map((call) => parseToolCall(call, context))
  const native = stringOf(choice['finish_reason'])
  const { logprobs } = choice
  return {
    index: numberOf(choice['index']) ?? position,
    message: parseMessage(message, { toolCalls, body }),
    ...(logprobs !== undefined && { logprobs }),
    finish_reason: toFinishReason(native, toolCalls.length > 0) ?? (toolCalls.length > 0 ? 'tool_calls' : 'stop'),
    ...(native && { native_finish_reason: stringOf(choice['native_finish_reason']) ?? native }),
  }
}

function parseMessage(
  message: JsonObject,
  { toolCalls, body }: { toolCalls: ToolCall[]; body: JsonObject },
): AssistantMessage {
  const { content = null, reasoning } = readContent(message)
  const details = readReasoningDetails(message)
  const annotations = readAnnotations(message, body)
  const images = readImages(message)
  const audio = objectOf(message['audio'])
  return {
    role: 'assistant',
    content,
    refusal: stringOf(message['refusal']) ?? null,
    ...(reasoning && { reasoning_content: reasoning }),
    ...(details.length > 0 && { reasoning_details: details }),
    ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
    ...(annotations.length > 0 && { annotations }),
    ...(images.length > 0 && { images }),
    ...(audio && { audio }),
  }
}

/** Arguments come as a string, as an object (old servers), as `"null"` or empty; all become JSON text of an object. */
function parseToolCall(call: JsonObject, context: WireContext): ToolCall {
  const called = objectOf(call['function']) ?? objectOf(call['custom']) ?? {}
  const stated = called['arguments'] ?? called['input']
  const text = typeof stated === 'string' ? stated : JSON.stringify(stated ?? {})
  const extra = objectOf(objectOf(call['extra_content'])?.['google'])
  const signature = stringOf(extra?.['thought_signature'])
  return {
    id: stringOf(call['id']) || `call_${context.createId()}`,
    type: 'function',
    function: { name: stringOf(called['name']) ?? '', arguments: text === '' || text === 'null' ? '{}' : text },
    ...(signature !== undefined && { extra_content: { google: { thought_signature: signature } } }),
  }
}
