import type { Delta } from '../../chat.ts'
import { numberOf, objectOf, objectsOf, stringOf, type JsonObject } from '../../json.ts'
import type { WireContext } from '../../wire-format.ts'
import { readAnnotation } from './annotation.ts'
import { createCallReader, type CallReader } from './create-call-reader.ts'
import { parseReasoningItem } from './parse-reasoning-item.ts'
import { readImage } from './read-image.ts'

/** What one event adds to the answer. */
export interface Said {
  delta: Delta
  logprobs?: JsonObject[]
}

/** Reads the events of output items; `undefined` where an event says nothing to a caller. */
export interface ItemReader {
  read(event: JsonObject): Said | undefined
  /** An item that comes whole, or ends: what its events have left out. */
  end(item: JsonObject, key: string): Said | undefined
  /** Calls that never ended. */
  close(): Said | undefined
  readonly toolCalls: number
  /** True once any item has come. */
  readonly hasItems: boolean
}

/** What the events of one item have said so far. */
interface Item {
  /** Text by content index, and where in the answer's text it begins. */
  parts: Map<number, { text: string; offset: number }>
  cited: number
  hasThoughts: boolean
}

interface Progress {
  readonly items: Map<string, Item>
  readonly calls: CallReader
  /** Characters of text so far. */
  length: number
}

export function createItemReader(context: WireContext): ItemReader {
  const calls = createCallReader(context)
  const progress: Progress = { items: new Map(), calls, length: 0 }
  return {
    read: (event) => readers[stringOf(event['type']) ?? '']?.(event, progress),
    end: (item, key) => endItem(item, key, progress),
    close: () => {
      const rest = calls.close()
      return rest.length > 0 ? { delta: { tool_calls: rest } } : undefined
    },
    get toolCalls() {
      return calls.count
    },
    get hasItems() {
      return progress.items.size > 0
    },
  }
}

type Reader = (event: JsonObject, progress: Progress) => Said | undefined

const readers: Readonly<Record<string, Reader>> = {
  'response.output_item.added': (event, progress) => {
    itemOf(event, progress)
    const call = progress.calls.start(objectOf(event['item']) ?? {}, keyOf(event))
    return call && { delta: { tool_calls: [call] } }
  },
  'response.output_text.delta': (event, progress) => {
    const said = readText(event, progress)
    const logprobs = objectsOf(event['logprobs'])
    return said === '' ? undefined : { delta: { content: said }, ...(logprobs.length > 0 && { logprobs }) }
  },
  'response.refusal.delta': (event, progress) => {
    const said = readText(event, progress)
    return said === '' ? undefined : { delta: { refusal: said } }
  },
  'response.reasoning_summary_text.delta': readThought,
  'response.reasoning_text.delta': readThought,
  'response.output_text.annotation.added': readCited,
  'response.function_call_arguments.delta': readWords,
  'response.custom_tool_call_input.delta': readWords,
  'response.output_item.done': (event, progress) => endItem(objectOf(event['item']) ?? {}, keyOf(event), progress),
}

/** Items are known by their place; some servers leave it out where there is an id. */
function keyOf(event: JsonObject): string {
  return String(numberOf(event['output_index']) ?? stringOf(event['item_id']) ?? '')
}

function itemOf(event: JsonObject, { items }: Progress): Item {
  return openItem(keyOf(event), items)
}

function openItem(key: string, items: Progress['items']): Item {
  const known = items.get(key)
  if (known) return known
  const item: Item = { parts: new Map(), cited: 0, hasThoughts: false }
  items.set(key, item)
  return item
}

function readText(event: JsonObject, progress: Progress): string {
  const said = stringOf(event['delta']) ?? ''
  if (said === '') return said
  const { parts } = itemOf(event, progress)
  const index = numberOf(event['content_index']) ?? 0
  const part = parts.get(index) ?? { text: '', offset: progress.length }
  parts.set(index, { ...part, text: part.text + said })
  if (event['type'] === 'response.output_text.delta') progress.length += said.length
  return said
}

function readThought(event: JsonObject, progress: Progress): Said | undefined {
  const thought = stringOf(event['delta'])
  if (!thought) return undefined
  itemOf(event, progress).hasThoughts = true
  return { delta: { reasoning_content: thought } }
}

function readCited(event: JsonObject, progress: Progress): Said | undefined {
  const item = itemOf(event, progress)
  item.cited += 1
  const offset = item.parts.get(numberOf(event['content_index']) ?? 0)?.offset ?? progress.length
  const annotations = readAnnotation(objectOf(event['annotation']) ?? {}, offset)
  return annotations.length > 0 ? { delta: { annotations } } : undefined
}

function readWords(event: JsonObject, { calls }: Progress): Said | undefined {
  const call = calls.words(stringOf(event['delta']) ?? '', keyOf(event))
  return call && { delta: { tool_calls: [call] } }
}

function endItem(item: JsonObject, key: string, progress: Progress): Said | undefined {
  const state = openItem(key, progress.items)
  switch (item['type']) {
    case 'message':
      return endMessage(item, { state, progress })
    case 'reasoning':
      return endReasoning(item, state)
    case 'image_generation_call': {
      const image = readImage(item)
      return image && { delta: { images: [image] } }
    }
    default: {
      const rest = progress.calls.end(item, key)
      return rest && { delta: { tool_calls: [rest] } }
    }
  }
}

/** Text and citations that came without events. */
function endMessage(item: JsonObject, { state, progress }: { state: Item; progress: Progress }): Said | undefined {
  const delta: Delta = {}
  let announced = state.cited
  for (const [index, part] of objectsOf(item['content']).entries()) {
    const { text: known, offset } = state.parts.get(index) ?? { text: '', offset: progress.length }
    const field = part['type'] === 'refusal' ? 'refusal' : 'text'
    const rest = known === '' ? (stringOf(part[field]) ?? '') : ''
    if (rest !== '' && field === 'refusal') delta.refusal = (delta.refusal ?? '') + rest
    if (rest !== '' && field === 'text') {
      delta.content = (delta.content ?? '') + rest
      progress.length += rest.length
    }
    const all = objectsOf(part['annotations'])
    const fresh = all.slice(announced).flatMap((annotation) => readAnnotation(annotation, offset))
    announced = Math.max(0, announced - all.length)
    if (fresh.length > 0) delta.annotations = [...(delta.annotations ?? []), ...fresh]
  }
  return Object.keys(delta).length > 0 ? { delta } : undefined
}

/** The blocks again, whole, with what makes them fit to go back; their text too where no event had it. */
function endReasoning(item: JsonObject, { hasThoughts }: Item): Said | undefined {
  const { details } = parseReasoningItem(item)
  if (details.length === 0) return undefined
  const text = hasThoughts ? '' : details.map((detail) => detail.text ?? '').join('')
  return { delta: { ...(text !== '' && { reasoning_content: text }), reasoning_details: details } }
}
