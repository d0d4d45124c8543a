import type { AssistantMessage, ChatResponse, ToolCall } from '../../chat.ts'
import { objectOf, objectsOf, stringOf, type Json, type JsonObject } from '../../json.ts'
import type { WireContext } from '../../wire-format.ts'
import { toFinishReason } from './finish-reason.ts'
import { toChatUsage } from './to-chat-usage.ts'

/** Reads an answer. */
export function parseResponse(body: JsonObject, context: WireContext): ChatResponse {
  const message = parseMessage(objectOf(body['message']) ?? {}, context)
  const native = stringOf(body['done_reason'])
  const usage = toChatUsage(body)
  const logprobs = readLogprobs(body)
  const choice = {
    index: 0,
    message,
    ...(logprobs !== undefined && { logprobs }),
    finish_reason: toFinishReason(native, Boolean(message.tool_calls)),
    ...(native !== undefined && { native_finish_reason: native }),
  }
  return {
    id: `chat-${context.createId()}`,
    object: 'chat.completion',
    created: Math.floor(context.now() / 1000),
    model: stringOf(body['model']) || context.model,
    choices: [choice],
    ...(usage && { usage }),
  }
}

function parseMessage(message: JsonObject, context: WireContext): AssistantMessage {
  const content = stringOf(message['content']) ?? ''
  const thinking = stringOf(message['thinking'])
  const calls = objectsOf(message['tool_calls']).map((call) => parseToolCall(call, context))
  return {
    role: 'assistant',
    content: content === '' && calls.length > 0 ? null : content,
    refusal: null,
    ...(thinking && { reasoning_content: thinking }),
    ...(calls.length > 0 && { tool_calls: calls }),
  }
}

/** A call of an answer. Arguments are an object, and older servers give no id. */
export function parseToolCall(call: JsonObject, context: WireContext): ToolCall {
  const called = objectOf(call['function']) ?? {}
  const given = called['arguments']
  return {
    id: stringOf(call['id']) || `call_${context.createId()}`,
    type: 'function',
    function: {
      name: stringOf(called['name']) ?? '',
      arguments: typeof given === 'string' ? given : JSON.stringify(given ?? {}),
    },
  }
}

/** OpenAI's list, without its frame. */
export function readLogprobs({ logprobs }: JsonObject): Json | undefined {
  return Array.isArray(logprobs) ? { content: logprobs, refusal: null } : undefined
}
