import type { LanguageModelV3StreamPart, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import type { ChatChunk, Delta, FinishReason, ReasoningDetail } from '../chat.ts'
import type { WireContext } from '../wire-format.ts'
import { callMetadata, writeMetadata } from './metadata.ts'
import { toFinishReason } from './to-finish-reason.ts'
import { toImage } from './to-image.ts'
import { toUsage } from './to-usage.ts'

type Part = LanguageModelV3StreamPart | LanguageModelV4StreamPart

/** Reads the parts of an AI SDK stream, one at a time, into chunks. Errors are for who calls it. */
export function createPartReader(context: WireContext): (part: Part) => ChatChunk[] {
  let head = {
    id: `chatcmpl-${context.createId()}`,
    object: 'chat.completion.chunk' as const,
    created: Math.floor(context.now() / 1000),
    model: context.model,
  }
  let isStarted = false
  const thoughts = new Map<string, string>()
  const calls = createCallReader()

  const say = (delta: Delta, finish_reason: FinishReason | null = null): ChatChunk => {
    const role = isStarted ? {} : { role: 'assistant' as const }
    isStarted = true
    return { ...head, choices: [{ index: 0, delta: { ...role, ...delta }, finish_reason }] }
  }

  const readDelta = (part: Part): Delta | undefined => {
    if (part.type === 'text-delta') return { content: part.delta }
    if (part.type === 'reasoning-delta') {
      thoughts.set(part.id, (thoughts.get(part.id) ?? '') + part.delta)
      return { reasoning_content: part.delta }
    }
    if (part.type === 'reasoning-end') return { reasoning_details: [endedThought(part, thoughts.get(part.id) ?? '')] }
    if (part.type === 'file') return { images: toImage(part) }
    if (part.type === 'source' && part.sourceType === 'url')
      return { annotations: [{ type: 'url_citation', url_citation: { url: part.url, title: part.title ?? '' } }] }
    return calls(part)
  }

  return (part) => {
    if (part.type === 'response-metadata') {
      head = {
        ...head,
        ...(part.id !== undefined && { id: part.id }),
        ...(part.modelId !== undefined && { model: part.modelId }),
      }
      return []
    }
    if (part.type === 'finish') {
      const usage = toUsage(part.usage)
      const end = say({}, toFinishReason(part.finishReason.unified))
      return usage ? [end, { ...head, choices: [], usage }] : [end]
    }
    const delta = readDelta(part)
    return delta ? [say(delta)] : []
  }
}

function endedThought(part: Extract<Part, { type: 'reasoning-end' }>, text: string): ReasoningDetail {
  return { type: 'reasoning.text', text, ...writeMetadata(part.providerMetadata) }
}

/** Tool calls, which come in pieces and then whole again; some come whole only. */
function createCallReader(): (part: Part) => Delta | undefined {
  const indexes = new Map<string, number>()
  const open = (id: string, name: string, words: string): Delta => {
    const index = indexes.size
    indexes.set(id, index)
    return { tool_calls: [{ index, id, type: 'function', function: { name, arguments: words } }] }
  }
  return (part) => {
    if (part.type === 'tool-input-start' && !part.providerExecuted) return open(part.id, part.toolName, '')
    if (part.type === 'tool-input-delta') {
      const index = indexes.get(part.id)
      return index === undefined ? undefined : { tool_calls: [{ index, function: { arguments: part.delta } }] }
    }
    if (part.type !== 'tool-call' || part.providerExecuted) return undefined
    const details = callMetadata(part.toolCallId, part.providerMetadata)
    const metadata = details.length > 0 ? { reasoning_details: details } : {}
    if (!indexes.has(part.toolCallId))
      return { ...open(part.toolCallId, part.toolName, part.input || '{}'), ...metadata }
    return details.length > 0 ? metadata : undefined
  }
}
