import type { ToolCall, ToolCallDelta } from '../../chat.ts'

/** Puts calls together from their pieces. */
export interface CallCollector {
  add(piece: ToolCallDelta): void
  /** The calls that no piece will follow, each once, and the position of the first: all but the last, or all. */
  take(which: 'all' | 'all but last'): { calls: readonly ToolCall[]; from: number }
}

export function createCallCollector(): CallCollector {
  const calls: ToolCall[] = []
  let taken = 0
  return {
    add: ({ index, id, function: called }) => {
      const words = called?.arguments ?? ''
      const open = calls[index]
      if (open) open.function.arguments += words
      else calls.push({ id: id ?? '', type: 'function', function: { name: called?.name ?? '', arguments: words } })
    },
    take: (which) => {
      const from = taken
      taken = Math.max(taken, which === 'all' ? calls.length : calls.length - 1)
      return { calls: calls.slice(from, taken), from }
    },
  }
}
