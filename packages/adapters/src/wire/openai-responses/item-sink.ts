import type { JsonObject } from '../../json.ts'

/** Where the writers of items put them: the list of the answer's items, and the events that tell of it. */
export interface ItemSink {
  /** Begins an item. @returns its place among the items. */
  open(item: JsonObject): number
  /** Tells something of an item that is open. */
  emit(type: string, fields: JsonObject): void
  /** Ends the item at a place. */
  close(index: number, item: JsonObject): void
  /** An id for an item, with the prefix of its kind. */
  createId(prefix: string): string
}

export type EmitEvent = (type: string, fields: JsonObject) => void

/** Collects items, and tells of each that begins and ends. */
export function createItemSink(
  items: JsonObject[],
  { emit, createId }: { emit: EmitEvent; createId(): string },
): ItemSink {
  return {
    open: (item) => {
      const index = items.push(item) - 1
      emit('response.output_item.added', { output_index: index, item })
      return index
    },
    emit,
    close: (index, item) => {
      items[index] = item
      emit('response.output_item.done', { output_index: index, item })
    },
    createId: (prefix) => `${prefix}_${createId()}`,
  }
}
