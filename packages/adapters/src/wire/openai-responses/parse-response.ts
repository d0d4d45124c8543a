import type { Annotation, AssistantMessage, ChatResponse, ToolCall } from '../../chat.ts'
import { numberOf, objectOf, objectsOf, stringOf, type Json, type JsonObject } from '../../json.ts'
import type { WireContext } from '../../wire-format.ts'
import { readAnnotation } from './annotation.ts'
import { toStandInArguments } from './custom-tool.ts'
import { readEnding } from './ending.ts'
import { calledName } from './namespace-tool.ts'
import { parseReasoningItem } from './parse-reasoning-item.ts'
import { readImage } from './read-image.ts'
import { toChatUsage } from './to-chat-usage.ts'

/** Reads a response. What a server tool did on the way is left out; its citations and images stay. */
export function parseResponse(body: JsonObject, context: WireContext): ChatResponse {
  const usage = toChatUsage(objectOf(body['usage']))
  const tier = stringOf(body['service_tier'])
  const items = objectsOf(body['output'])
  const { message, logprobs } = readMessage(items, context)
  return {
    id: stringOf(body['id']) || `resp_${context.createId()}`,
    object: 'chat.completion',
    created: numberOf(body['created_at']) || Math.floor(context.now() / 1000),
    model: stringOf(body['model']) || context.model,
    choices: [
      {
        index: 0,
        message,
        ...(logprobs.length > 0 && { logprobs: { content: logprobs, refusal: null } }),
        ...readEnding(body, message.tool_calls !== undefined),
      },
    ],
    ...(usage && { usage }),
    ...(tier !== undefined && { service_tier: tier }),
  }
}

function readMessage(items: JsonObject[], context: WireContext): { message: AssistantMessage; logprobs: Json[] } {
  const details = items.flatMap((item) => (item['type'] === 'reasoning' ? parseReasoningItem(item).details : []))
  const reasoning = details.map(({ text }) => text ?? '').join('')
  const calls = items.flatMap((item) => readCall(item, context))
  const images = items.flatMap((item) => readImage(item) ?? [])
  const parts = items.filter(({ type }) => type === 'message').flatMap(({ content }) => objectsOf(content))
  const refusal = parts.map((part) => stringOf(part['refusal']) ?? '').join('')
  const { text, annotations } = readText(parts)
  const message: AssistantMessage = {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    refusal: refusal || null,
    ...(reasoning !== '' && { reasoning_content: reasoning }),
    ...(details.length > 0 && { reasoning_details: details }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(images.length > 0 && { images }),
    ...(annotations.length > 0 && { annotations }),
  }
  return { message, logprobs: parts.flatMap((part) => objectsOf(part['logprobs'])) }
}

function readCall(item: JsonObject, context: WireContext): ToolCall[] {
  const { type } = item
  if (type !== 'function_call' && type !== 'custom_tool_call') return []
  const id = stringOf(item['call_id']) || stringOf(item['id']) || `call_${context.createId()}`
  const words =
    type === 'function_call' ? stringOf(item['arguments']) || '{}' : toStandInArguments(stringOf(item['input']) ?? '')
  return [{ id, type: 'function', function: { name: calledName(item) ?? '', arguments: words } }]
}

function readText(parts: JsonObject[]): { text: string; annotations: Annotation[] } {
  const annotations: Annotation[] = []
  let text = ''
  for (const part of parts) {
    annotations.push(...objectsOf(part['annotations']).flatMap((annotation) => readAnnotation(annotation, text.length)))
    text += stringOf(part['text']) ?? ''
  }
  return { text, annotations }
}
