import type { AssistantMessage, ReasoningDetail, ToolCall } from '../../chat.ts'
import { parseObject, type JsonObject } from '../../json.ts'
import { formatId } from './format-id.ts'
import { formatPart, type PartContext } from './format-part.ts'

interface AssistantContext extends PartContext {
  generation: number
}

/**
 * Stands in for the signature of a call that Gemini 3 didn't make itself, which it would refuse otherwise.
 * @see https://ai.google.dev/gemini-api/docs/thought-signatures
 */
const unsigned = 'skip_thought_signature_validator'

/** An earlier answer as parts, each with the signature that came with it. */
export function formatAssistant(message: AssistantMessage, context: AssistantContext): JsonObject[] {
  const { content, refusal, images = [], tool_calls = [], audio } = message
  if (audio) context.warnings.add('messages.audio')
  const text = typeof content === 'string' ? content : (content ?? []).map(({ text }) => text).join('')
  const said = text || (tool_calls.length > 0 ? '' : (refusal ?? ''))
  const parts = [...(said === '' ? [] : [{ text: said }]), ...images.map((image) => formatPart(image, context))]
  return [
    ...formatThoughts(message, context),
    ...sign(parts, ownDetails(message, 'reasoning.encrypted')),
    ...tool_calls.map((call, index) => formatCall(call, index === 0 && context.generation >= 300)),
  ]
}

/** Thoughts of Gemini's own; those of other models are dropped with a warning. */
function formatThoughts(message: AssistantMessage, { warnings }: AssistantContext): JsonObject[] {
  const details = message.reasoning_details ?? []
  const own = details.filter(({ format }) => format === formatId)
  const isLost = own.length < details.length || (details.length === 0 && Boolean(message.reasoning_content))
  if (isLost) warnings.add('messages.reasoning_details')
  return ownDetails(message, 'reasoning.text').flatMap(({ text, signature }) => {
    if (!text && !signature) return []
    return [{ text: text ?? '', thought: true, ...(signature && { thoughtSignature: signature }) }]
  })
}

function ownDetails({ reasoning_details = [] }: AssistantMessage, type: ReasoningDetail['type']): ReasoningDetail[] {
  return reasoning_details.filter((detail) => detail.type === type && detail.format === formatId)
}

/** Signatures belong to the last parts of the answer; one that finds no part gets an empty text. */
function sign(parts: JsonObject[], signatures: ReasoningDetail[]): JsonObject[] {
  const spare = signatures.slice(0, Math.max(0, signatures.length - parts.length))
  const rest = signatures.slice(spare.length)
  const first = parts.length - rest.length
  const signed = parts.map((part, index) => {
    const signature = rest[index - first]?.data
    return signature ? { ...part, thoughtSignature: signature } : part
  })
  return [...signed, ...spare.flatMap(({ data }) => (data ? [{ text: '', thoughtSignature: data }] : []))]
}

function formatCall({ id, function: called, extra_content }: ToolCall, needsSignature: boolean): JsonObject {
  const signature = extra_content?.google?.thought_signature ?? (needsSignature ? unsigned : undefined)
  return {
    functionCall: { id, name: called.name, args: parseObject(called.arguments) ?? {} },
    ...(signature !== undefined && { thoughtSignature: signature }),
  }
}
