import type { ChatChunk, ChatUsage } from '@gw/adapters'

/** What the caller has of an answer so far. */
export interface PartialAnswer {
  id: string | undefined
  text: string
  usage: ChatUsage | undefined
  /** Only text has come, and its end has not: another model can go on from it. */
  canGoOn: boolean
}

/** Gathers what a caller gets, so that another model can go on from it. */
export function createPartialAnswer(): { add(chunk: ChatChunk): void; read(): PartialAnswer } {
  let [id, text]: [string | undefined, string] = [undefined, '']
  let usage: ChatUsage | undefined
  let canGoOn = true
  return {
    add: (chunk) => {
      id ??= chunk.id
      usage = chunk.usage ?? usage
      for (const { index, delta, finish_reason } of chunk.choices) {
        text += delta.content ?? ''
        if (index > 0 || delta.tool_calls || delta.refusal || (finish_reason ?? null) !== null) canGoOn = false
      }
    },
    read: () => ({ id, text, usage, canGoOn: canGoOn && text !== '' }),
  }
}
