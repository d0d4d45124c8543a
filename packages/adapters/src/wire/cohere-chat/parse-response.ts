import type { AssistantMessage, ChatResponse, ToolCall } from '../../chat.ts'
import { objectOf, objectsOf, stringOf, type JsonObject } from '../../json.ts'
import type { WireContext } from '../../wire-format.ts'
import { toFinishReason } from './finish-reason.ts'
import { readCitation } from './read-citation.ts'
import { readLogprobs } from './read-logprobs.ts'
import { toChatUsage } from './to-chat-usage.ts'

/** Reads an answer. The tool plan is reasoning: it tells what the calls are for. */
export function parseResponse(body: JsonObject, context: WireContext): ChatResponse {
  const message = parseMessage(objectOf(body['message']) ?? {}, context)
  const native = stringOf(body['finish_reason'])
  const usage = toChatUsage(body['usage'])
  const logprobs = readLogprobs(body['logprobs'])
  const choice = {
    index: 0,
    message,
    ...(logprobs !== undefined && { logprobs }),
    finish_reason: toFinishReason(native, Boolean(message.tool_calls)),
    ...(native !== undefined && { native_finish_reason: native }),
  }
  return {
    id: stringOf(body['id']) || `chat-${context.createId()}`,
    object: 'chat.completion',
    created: Math.floor(context.now() / 1000),
    model: context.model,
    choices: [choice],
    ...(usage && { usage }),
  }
}

function parseMessage(message: JsonObject, context: WireContext): AssistantMessage {
  const { content } = message
  const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : objectsOf(content)
  const text = parts.map((part) => stringOf(part['text']) ?? '').join('')
  const thoughts = parts.map((part) => stringOf(part['thinking']) ?? '')
  const reasoning = [thoughts.join(''), stringOf(message['tool_plan']) ?? ''].filter((said) => said !== '').join('\n\n')
  const calls = objectsOf(message['tool_calls']).map((call) => parseToolCall(call, context))
  const annotations = objectsOf(message['citations']).flatMap(readCitation)
  return {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    refusal: null,
    ...(reasoning && { reasoning_content: reasoning }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(annotations.length > 0 && { annotations }),
  }
}

/** A call without arguments says so with an empty string or with `null`. */
function parseToolCall(call: JsonObject, context: WireContext): ToolCall {
  const called = objectOf(call['function']) ?? {}
  const words = stringOf(called['arguments'])?.trim() ?? JSON.stringify(called['arguments'] ?? {})
  return {
    id: stringOf(call['id']) || `call_${context.createId()}`,
    type: 'function',
    function: { name: stringOf(called['name']) ?? '', arguments: words === '' || words === 'null' ? '{}' : words },
  }
}
