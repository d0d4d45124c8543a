import type { AssistantMessage, ChatResponse, Choice } from '../../chat.ts'
import { parseObject, type JsonObject } from '../../json.ts'
import { formatBlock } from './format-block.ts'
import { formatGrounding } from './format-grounding.ts'
import { formatLogprobs } from './format-logprobs.ts'
import { formatAudio, formatImage } from './format-media-part.ts'
import { formatReasoningPart } from './format-reasoning-part.ts'
import { formatUsage } from './format-usage.ts'
import { toNativeFinishReason } from './to-native-finish-reason.ts'

/** Writes an answer as generateContent gives it. */
export function formatResponse({ id, model, choices, usage }: ChatResponse): JsonObject {
  const [first] = choices
  const promptFeedback = first && formatBlock({ ...first, refusal: first.message.refusal })
  return {
    ...(promptFeedback ? { promptFeedback } : { candidates: choices.map(formatChoice) }),
    ...(usage && { usageMetadata: formatUsage(usage) }),
    modelVersion: model,
    responseId: id,
  }
}

function formatChoice({ index, message, finish_reason, native_finish_reason, logprobs }: Choice): JsonObject {
  const text = textOf(message)
  const groundingMetadata = formatGrounding(message.annotations ?? [], text)
  const logprobsResult = formatLogprobs(logprobs)
  const isFiltered = finish_reason === 'content_filter'
  return {
    content: { role: 'model', parts: formatParts(message, isFiltered ? text : text || (message.refusal ?? '')) },
    finishReason: toNativeFinishReason(finish_reason, native_finish_reason),
    ...(isFiltered && message.refusal && { finishMessage: message.refusal }),
    index,
    ...(groundingMetadata && { groundingMetadata }),
    ...(logprobsResult && { logprobsResult }),
  }
}

function textOf({ content }: AssistantMessage): string {
  return typeof content === 'string' ? content : (content ?? []).map(({ text }) => text).join('')
}

function formatParts(message: AssistantMessage, text: string): JsonObject[] {
  const { reasoning_content, reasoning_details: details = [], images = [], audio, tool_calls = [] } = message
  const hasThought = details.some((detail) => detail.text)
  const sound = audio && formatAudio(audio)
  return [
    ...(reasoning_content && !hasThought ? [{ text: reasoning_content, thought: true }] : []),
    ...details.filter(({ type }) => type !== 'reasoning.encrypted').map(formatReasoningPart),
    ...(text === '' ? [] : [{ text }]),
    ...images.map(formatImage),
    ...(sound ? [sound] : []),
    ...details.filter(({ type }) => type === 'reasoning.encrypted').map(formatReasoningPart),
    ...tool_calls.map(({ id, function: called, extra_content }): JsonObject => {
      const signature = extra_content?.google?.thought_signature
      return {
        functionCall: { id, name: called.name, args: parseObject(called.arguments) ?? {} },
        ...(signature !== undefined && { thoughtSignature: signature }),
      }
    }),
  ]
}
