import type { ToolCallDelta } from '../../chat.ts'
import { parseObject } from '../../json.ts'
import type { BlockWriter } from './create-block-writer.ts'
import { formatCallSignature } from './format-reasoning.ts'

/** Writes tool calls as blocks, one after the other, even where their arguments come interleaved. */
export interface CallWriter {
  write(call: ToolCallDelta): string
  /** The calls that still wait for the one before. */
  end(): string
}

interface Call {
  start: ToolCallDelta & { id: string }
  pieces: string[]
}

export function createCallWriter(blocks: BlockWriter): CallWriter {
  const waiting = new Map<number, Call>()
  let open: Call | undefined

  const begin = (call: Call): string => {
    open = call
    const { id, function: called, extra_content } = call.start
    const signature = formatCallSignature(id, extra_content)
    const opening = (signature ? blocks.whole(signature) : '') + blocks.call({ id, name: called?.name ?? '' })
    return opening + blocks.callArguments(call.pieces.join(''))
  }
  /** Begins the next call once the open one has all its arguments, or at the end. */
  const next = (isEnd: boolean): string => {
    let events = ''
    for (const [index, call] of waiting) {
      if (!isEnd && open && !isComplete(open)) break
      waiting.delete(index)
      events += begin(call)
    }
    return events
  }

  return {
    write: (call) => {
      const words = call.function?.arguments ?? ''
      if (call.index === open?.start.index) {
        open.pieces.push(words)
        return blocks.callArguments(words) + next(false)
      }
      const known = waiting.get(call.index)
      if (known) known.pieces.push(words)
      else if (call.id !== undefined) {
        waiting.set(call.index, { start: { ...call, id: call.id }, pieces: [words] })
      }
      return next(false)
    },
    end: () => next(true),
  }
}

const isComplete = ({ pieces }: Call): boolean => parseObject(pieces.join('')) !== undefined
