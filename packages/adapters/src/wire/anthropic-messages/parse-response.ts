import type { Annotation, AssistantMessage, ChatResponse, ReasoningDetail, ToolCall } from '../../chat.ts'
import { numberOf, objectOf, objectsOf, stringOf, type JsonObject } from '../../json.ts'
import type { WireContext } from '../../wire-format.ts'
import { formatId } from './format-id.ts'
import { jsonAnswerTool } from './json-answer-tool.ts'
import { readCitation } from './read-citation.ts'
import { toChatUsage } from './to-chat-usage.ts'
import { toFinishReason } from './to-finish-reason.ts'

/** Reads a message. What a server tool did on the way is left out; its citations stay. */
export function parseResponse(body: JsonObject, context: WireContext): ChatResponse {
  const usage = objectOf(body['usage'])
  const native = stringOf(body['stop_reason'])
  const stopSequence = stringOf(body['stop_sequence'])
  const blocks = objectsOf(body['content'])
  const tier = stringOf(usage?.['service_tier'])
  const finish = toFinishReason(native)
  const message = readMessage(blocks, stringOf(objectOf(body['stop_details'])?.['explanation']))
  return {
    id: stringOf(body['id']) || `msg_${context.createId()}`,
    object: 'chat.completion',
    created: Math.floor(context.now() / 1000),
    model: stringOf(body['model']) || context.model,
    choices: [
      {
        index: 0,
        message,
        finish_reason: finish === 'tool_calls' && !message.tool_calls ? 'stop' : finish,
        ...(native !== undefined && { native_finish_reason: native }),
        ...(stopSequence !== undefined && { stop_sequence: stopSequence }),
      },
    ],
    ...(usage && numberOf(usage['output_tokens']) !== undefined && { usage: toChatUsage(usage) }),
    ...(tier !== undefined && { service_tier: tier }),
  }
}

function readMessage(blocks: JsonObject[], refusal: string | undefined): AssistantMessage {
  const details = blocks.flatMap(readReasoning)
  const reasoning = details.map(({ text }) => text ?? '').join('')
  const calls = blocks.flatMap(readToolCall)
  const { text, annotations } = readText(blocks)
  return {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    refusal: refusal ?? null,
    ...(reasoning !== '' && { reasoning_content: reasoning }),
    ...(details.length > 0 && { reasoning_details: details }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(annotations.length > 0 && { annotations }),
  }
}

function readReasoning(block: JsonObject): ReasoningDetail[] {
  if (block['type'] === 'redacted_thinking') {
    return [{ type: 'reasoning.encrypted', data: stringOf(block['data']) ?? '', format: formatId }]
  }
  if (block['type'] !== 'thinking') return []
  const signature = stringOf(block['signature'])
  const text = stringOf(block['thinking']) ?? ''
  return [{ type: 'reasoning.text', text, ...(signature && { signature }), format: formatId }]
}

function readToolCall(block: JsonObject): ToolCall[] {
  if (block['type'] !== 'tool_use' || block['name'] === jsonAnswerTool) return []
  const called = { name: stringOf(block['name']) ?? '', arguments: JSON.stringify(block['input'] ?? {}) }
  return [{ id: stringOf(block['id']) ?? '', type: 'function', function: called }]
}

function readText(blocks: JsonObject[]): { text: string; annotations: Annotation[] } {
  const annotations: Annotation[] = []
  let text = ''
  for (const block of blocks) {
    const isJsonAnswer = block['type'] === 'tool_use' && block['name'] === jsonAnswerTool
    const said = isJsonAnswer ? JSON.stringify(block['input'] ?? {}) : (stringOf(block['text']) ?? '')
    if (!isJsonAnswer && block['type'] !== 'text') continue
    const range = { start_index: text.length, end_index: text.length + said.length }
    annotations.push(...objectsOf(block['citations']).map((citation) => readCitation(citation, range)))
    text += said
  }
  return { text, annotations }
}
