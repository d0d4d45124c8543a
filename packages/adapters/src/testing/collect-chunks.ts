import type { ChatChunk, ChatResponse, ChunkChoice, Delta, ToolCall, ToolCallDelta } from '../chat.ts'
import type { JsonObject } from '../json.ts'

type Draft = {
  text: string
  reasoning: string
  refusal: string
  calls: ToolCall[]
  images: NonNullable<Delta['images']>
  annotations: NonNullable<Delta['annotations']>
  audio?: JsonObject
  endings: ChunkChoice[]
}

/**
 * The answer that a client puts together from a stream of chunks.
 * @throws Error naming the rule of the canonical stream that is broken.
 */
export function collectChunks(chunks: readonly ChatChunk[]): ChatResponse {
  const [first] = chunks
  if (first === undefined) throw new Error('The stream has no chunks.')
  const { id, created, model } = first
  const drafts = new Map<number, Draft>()
  for (const chunk of chunks) {
    if (chunk.id !== id || chunk.created !== created || chunk.model !== model) {
      throw new Error('`id`, `created` and `model` must be the same in each chunk.')
    }
    for (const choice of chunk.choices) addChoice(choice, drafts)
  }
  const usages = chunks.flatMap(({ usage }) => usage ?? [])
  if (usages.length > 1) throw new Error(`Usage came ${usages.length} times: once is right.`)
  const [usage] = usages
  const choices = [...drafts].sort(([a], [b]) => a - b).map(([index, draft]) => toChoice(index, draft))
  return { id, object: 'chat.completion', created, model, choices, ...(usage && { usage }) }
}

function addChoice(choice: ChunkChoice, drafts: Map<number, Draft>): void {
  const { index, delta, finish_reason } = choice
  const known = drafts.get(index)
  if (!known && delta.role !== 'assistant') throw new Error(`The first chunk of choice ${index} has no role.`)
  const draft = known ?? { text: '', reasoning: '', refusal: '', calls: [], images: [], annotations: [], endings: [] }
  drafts.set(index, draft)
  draft.text += delta.content ?? ''
  draft.reasoning += delta.reasoning_content ?? ''
  draft.refusal += delta.refusal ?? ''
  draft.images.push(...(delta.images ?? []))
  draft.annotations.push(...(delta.annotations ?? []))
  if (delta.audio) draft.audio = { ...draft.audio, ...delta.audio }
  for (const call of delta.tool_calls ?? []) addToolCall(call, draft.calls)
  if (finish_reason !== null) draft.endings.push(choice)
}

function addToolCall({ index, id, function: called }: ToolCallDelta, calls: ToolCall[]): void {
  const words = called?.arguments ?? ''
  const open = calls[index]
  if (open) {
    open.function.arguments += words
    return
  }
  if (index !== calls.length) throw new Error(`Tool call indexes must be dense: ${index} follows ${calls.length - 1}.`)
  if (!id || !called?.name) throw new Error(`The first piece of tool call ${index} needs an id and a name.`)
  calls.push({ id, type: 'function', function: { name: called.name, arguments: words } })
}

function toChoice(index: number, draft: Draft): ChatResponse['choices'][number] {
  const [ending] = draft.endings
  if (ending === undefined || ending.finish_reason === null || draft.endings.length > 1) {
    throw new Error(`Choice ${index} has ${draft.endings.length} finish reasons: one is right.`)
  }
  const { finish_reason, native_finish_reason: native, stop_sequence } = ending
  return {
    index,
    message: {
      role: 'assistant',
      content: draft.text,
      refusal: draft.refusal || null,
      ...(draft.reasoning && { reasoning_content: draft.reasoning }),
      ...(draft.calls.length > 0 && { tool_calls: draft.calls }),
      ...(draft.images.length > 0 && { images: draft.images }),
      ...(draft.annotations.length > 0 && { annotations: draft.annotations }),
      ...(draft.audio && { audio: draft.audio }),
    },
    finish_reason,
    ...(native !== undefined && { native_finish_reason: native }),
    ...(stop_sequence !== undefined && { stop_sequence }),
  }
}
