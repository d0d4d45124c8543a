import type { ToolCallDelta } from '../../chat.ts'
import { numberOf, objectOf, stringOf, type JsonObject } from '../../json.ts'
import type { WireContext } from '../../wire-format.ts'

/** A call that a choice has begun; its place in the list is its dense index. */
export interface OpenCall {
  upstreamIndex: number
  id: string
  hasArguments: boolean
}

export interface ToolCallContext {
  /** Place of the piece in its delta. */
  position: number
  /** The calls so far; a new one is added. */
  calls: OpenCall[]
  context: WireContext
}

/** Gives each call a dense index and an id. A new id on a used index is a new call: some servers send all as index 0. */
export function readToolCallDelta(call: JsonObject, { position, calls, context }: ToolCallContext): ToolCallDelta {
  const called = objectOf(call['function']) ?? {}
  const id = stringOf(call['id']) || undefined
  const name = stringOf(called['name']) || undefined
  const upstreamIndex = numberOf(call['index']) ?? (id === undefined ? position : calls.length + position)
  const words = wordsOf(called)
  const signature = stringOf(objectOf(objectOf(call['extra_content'])?.['google'])?.['thought_signature'])
  const extra = signature === undefined ? {} : { extra_content: { google: { thought_signature: signature } } }

  const known = calls.findLastIndex((open) => open.upstreamIndex === upstreamIndex)
  const open = calls[known]
  const isNew = open === undefined || (id !== undefined && id !== open.id && name !== undefined)
  if (!isNew) {
    const piece = words === 'null' && !open.hasArguments ? '' : words
    open.hasArguments ||= piece !== ''
    return { index: known, function: { arguments: piece }, ...extra }
  }
  const started = { upstreamIndex, id: id ?? `call_${context.createId()}`, hasArguments: words !== '' }
  calls.push(started)
  const opening = { name: name ?? '', arguments: words === 'null' ? '{}' : words }
  return { index: calls.length - 1, id: started.id, type: 'function', function: opening, ...extra }
}

/** Arguments come in pieces of text, or whole as an object. */
function wordsOf(called: JsonObject): string {
  const stated = called['arguments'] ?? ''
  return typeof stated === 'string' ? stated : JSON.stringify(stated)
}

/** A call without arguments means an empty object. */
export function completeArguments(calls: readonly OpenCall[]): ToolCallDelta[] {
  return calls.flatMap((call, index) => (call.hasArguments ? [] : [{ index, function: { arguments: '{}' } }]))
}
