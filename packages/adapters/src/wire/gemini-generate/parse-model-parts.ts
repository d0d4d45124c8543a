import type { AssistantMessage, ImagePart, ReasoningDetail, ToolCall } from '../../chat.ts'
import { objectOf, stringOf, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import type { WireContext } from '../../wire-format.ts'
import { readForeignSignature } from './foreign-signature.ts'
import { formatId } from './format-id.ts'
import { parsePart } from './parse-part.ts'

export interface PendingCall {
  id: string
  name: string
}

interface ModelContext {
  param: string
  context: WireContext
}

const readable = ['text', 'thought', 'functionCall', 'inlineData'] as const

/** What the model said earlier. What its server tools did has no canonical form: the message keeps its native parts. */
export function parseModelParts(
  parts: JsonObject[],
  { param, context }: ModelContext,
): { message: AssistantMessage; calls: PendingCall[] } {
  const toolCalls = parts.flatMap((part, index) => {
    const call = objectOf(part['functionCall'])
    return call ? [parseCall(call, { part, param: `${param}.parts[${index}]`, context })] : []
  })
  const text = parts.flatMap((part) => (part['thought'] === true ? [] : (stringOf(part['text']) ?? []))).join('')
  const details = readReasoning(parts)
  const reasoning = details.map(({ text }) => text ?? '').join('')
  const images = parts.flatMap((part): ImagePart[] => {
    const image = objectOf(part['inlineData']) ? parsePart(part, param).part : undefined
    return image?.type === 'image_url' ? [image] : []
  })
  const isNative = parts.some((part) => {
    const isKnown = readable.some((field) => part[field] !== undefined && part[field] !== null)
    return !isKnown && Object.keys(part).some((field) => field !== 'thoughtSignature')
  })
  const message: AssistantMessage = {
    role: 'assistant',
    content: text === '' ? null : text,
    ...(reasoning !== '' && { reasoning_content: reasoning }),
    ...(details.length > 0 && { reasoning_details: details }),
    ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
    ...(images.length > 0 && { images }),
    ...(isNative && { native: { format: formatId, content: parts } }),
  }
  return { message, calls: toolCalls.map(({ id, function: { name } }) => ({ id, name })) }
}

interface CallContext extends ModelContext {
  part: JsonObject
}

function parseCall(call: JsonObject, { part, param, context }: CallContext): ToolCall {
  const name = stringOf(call['name'])
  if (!name) {
    const place = `${param}.functionCall.name`
    throw new WireError('invalid_request', `\`${place}\` is missing.`, place)
  }
  const signature = stringOf(part['thoughtSignature'])
  return {
    id: stringOf(call['id']) || `call_${context.createId()}`,
    type: 'function',
    function: { name, arguments: JSON.stringify(objectOf(call['args']) ?? {}) },
    ...(signature !== undefined && { extra_content: { google: { thought_signature: signature } } }),
  }
}

/** Thoughts come in pieces; a signature ends one. Signatures of other parts stand for themselves. */
function readReasoning(parts: JsonObject[]): ReasoningDetail[] {
  const details: ReasoningDetail[] = []
  let pieces: string[] = []
  const flush = (signed: Pick<ReasoningDetail, 'signature' | 'format'>): void => {
    if (pieces.length > 0 || signed.signature)
      details.push({ type: 'reasoning.text', text: pieces.join(''), ...signed })
    pieces = []
  }
  for (const part of parts) {
    const signature = stringOf(part['thoughtSignature'])
    const foreign = signature === undefined ? undefined : readForeignSignature(signature)
    const isThought = part['thought'] === true
    if (!isThought && (signature === undefined || part['functionCall'])) continue
    if (isThought && part['text']) pieces.push(stringOf(part['text']) ?? '')
    if (foreign?.kind === 'text') flush({ ...(foreign.value && { signature: foreign.value }), format: foreign.format })
    else if (foreign) details.push({ type: 'reasoning.encrypted', data: foreign.value, format: foreign.format })
    else if (isThought && signature !== undefined) flush({ signature, format: formatId })
    else if (signature !== undefined) {
      flush({ format: formatId })
      details.push({ type: 'reasoning.encrypted', data: signature, format: formatId })
    }
  }
  flush({ format: formatId })
  return details
}
