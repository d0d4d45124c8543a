import type { Annotation, AssistantMessage, ChatResponse, ImagePart, ToolCall } from '../../chat.ts'
import { numberOf, objectOf, objectsOf, stringOf, type JsonObject } from '../../json.ts'
import type { WireContext } from '../../wire-format.ts'
import { jsonAnswerTool } from '../anthropic-messages/json-answer-tool.ts'
import { toFinishReason } from './finish-reason.ts'
import { isServerTool } from './is-server-tool.ts'
import { readCitation } from './read-citation.ts'
import { readImage } from './read-image.ts'
import { readReasoning } from './read-reasoning.ts'
import { readExtra, readServiceTier, readStopSequence } from './read-answer-fields.ts'
import { toChatUsage } from './to-chat-usage.ts'

/** Reads an answer. It names neither itself nor its model; what Amazon's own tools did on the way is left out. */
export function parseResponse(body: JsonObject, context: WireContext): ChatResponse {
  const blocks = objectsOf(objectOf(objectOf(body['output'])?.['message'])?.['content'])
  const usage = objectOf(body['usage'])
  const native = stringOf(body['stopReason'])
  const message = readMessage(blocks, context)
  return {
    id: `converse-${context.createId()}`,
    object: 'chat.completion',
    created: Math.floor(context.now() / 1000),
    model: context.model,
    choices: [
      {
        index: 0,
        message,
        finish_reason: toFinishReason(native, message.tool_calls !== undefined),
        ...(native !== undefined && { native_finish_reason: native }),
        ...readStopSequence(body),
      },
    ],
    ...(usage && numberOf(usage['outputTokens']) !== undefined && { usage: toChatUsage(usage) }),
    ...readServiceTier(body),
    ...readExtra(body),
  }
}

function readMessage(blocks: JsonObject[], { model }: WireContext): AssistantMessage {
  const details = blocks.flatMap((block) => readReasoning(objectOf(block['reasoningContent']), model))
  const reasoning = details.map(({ text }) => text ?? '').join('')
  const calls = blocks.flatMap((block) => readToolCall(objectOf(block['toolUse'])))
  const images = blocks.flatMap((block): ImagePart[] => readImage(objectOf(block['image'])))
  const { text, annotations } = readText(blocks)
  return {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    refusal: null,
    ...(reasoning !== '' && { reasoning_content: reasoning }),
    ...(details.length > 0 && { reasoning_details: details }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(annotations.length > 0 && { annotations }),
    ...(images.length > 0 && { images }),
  }
}

function readToolCall(toolUse: JsonObject | undefined): ToolCall[] {
  if (!toolUse || isServerTool(toolUse) || toolUse['name'] === jsonAnswerTool) return []
  const called = { name: stringOf(toolUse['name']) ?? '', arguments: JSON.stringify(toolUse['input'] ?? {}) }
  return [{ id: stringOf(toolUse['toolUseId']) ?? '', type: 'function', function: called }]
}

function readText(blocks: JsonObject[]): { text: string; annotations: Annotation[] } {
  const annotations: Annotation[] = []
  let text = ''
  for (const block of blocks) {
    const cited = objectOf(block['citationsContent'])
    const said = cited ? textsOf(cited['content']) : saidIn(block)
    const range = { start_index: text.length, end_index: text.length + said.length }
    annotations.push(...objectsOf(cited?.['citations']).map((citation) => readCitation(citation, range)))
    text += said
  }
  return { text, annotations }
}

/** The text of a block, or the input of the tool that stands in for structured output. */
function saidIn(block: JsonObject): string {
  const toolUse = objectOf(block['toolUse'])
  if (toolUse?.['name'] === jsonAnswerTool) return JSON.stringify(toolUse['input'] ?? {})
  return stringOf(block['text']) ?? ''
}

const textsOf = (blocks: unknown): string =>
  objectsOf(blocks)
    .map(({ text }) => stringOf(text) ?? '')
    .join('')
