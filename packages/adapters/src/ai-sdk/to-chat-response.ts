import type { LanguageModelV3GenerateResult, LanguageModelV4GenerateResult } from '@ai-sdk/provider'
import type { AssistantMessage, ChatResponse } from '../chat.ts'
import type { WireContext } from '../wire-format.ts'
import { callMetadata, writeMetadata } from './metadata.ts'
import { toFinishReason } from './to-finish-reason.ts'
import { toImage } from './to-image.ts'
import { toUsage } from './to-usage.ts'

type Result = LanguageModelV3GenerateResult | LanguageModelV4GenerateResult

/** A whole answer of an AI SDK model as a chat completion. */
export function toChatResponse(result: Result, context: WireContext): ChatResponse {
  const { response, finishReason, usage } = result
  const counted = toUsage(usage)
  const at = response?.timestamp?.getTime() ?? context.now()
  return {
    id: response?.id ?? `chatcmpl-${context.createId()}`,
    object: 'chat.completion',
    created: Math.floor(at / 1000),
    model: response?.modelId ?? context.model,
    choices: [
      {
        index: 0,
        message: toMessage(result.content),
        finish_reason: toFinishReason(finishReason.unified),
        ...(finishReason.raw !== undefined && { native_finish_reason: finishReason.raw }),
      },
    ],
    ...(counted && { usage: counted }),
  }
}

type Content = Result['content'][number]

function toMessage(content: readonly Content[]): AssistantMessage {
  const text = content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('')
  const thoughts = content.filter((part) => part.type === 'reasoning')
  const calls = content.filter((part) => part.type === 'tool-call' && !part.providerExecuted)
  const toolCalls = calls.flatMap((part) => (part.type === 'tool-call' ? [part] : []))
  const details = [
    ...thoughts.map((part) => ({
      type: 'reasoning.text' as const,
      text: part.text,
      ...writeMetadata(part.providerMetadata),
    })),
    ...toolCalls.flatMap((part) => callMetadata(part.toolCallId, part.providerMetadata)),
  ]
  const images = content.flatMap((part) => (part.type === 'file' ? toImage(part) : []))
  const annotations = content.flatMap((part) =>
    part.type === 'source' && part.sourceType === 'url'
      ? [
          {
            type: 'url_citation' as const,
            url_citation: { url: part.url, ...(part.title !== undefined && { title: part.title }) },
          },
        ]
      : [],
  )
  return {
    role: 'assistant',
    content: text === '' && toolCalls.length > 0 ? null : text,
    ...(thoughts.length > 0 && { reasoning_content: thoughts.map((part) => part.text).join('') }),
    ...(details.length > 0 && { reasoning_details: details }),
    ...(toolCalls.length > 0 && {
      tool_calls: toolCalls.map((part) => ({
        id: part.toolCallId,
        type: 'function' as const,
        function: { name: part.toolName, arguments: part.input || '{}' },
      })),
    }),
    ...(images.length > 0 && { images }),
    ...(annotations.length > 0 && { annotations }),
  }
}
