import type { LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { numberOf, objectOf, stringOf, type JsonObject } from '../run/json.ts'
import { createStreamedCall, type StreamedCall } from './create-streamed-call.ts'
import { toSdkToolCallId } from './tool-call-id.ts'

/** Puts the pieces of streamed calls together. */
export interface ToolCallWriter {
  /** Takes one piece of a call. */
  push(piece: JsonObject): void
  /** Ends what is open. After a broken stream, calls with half their arguments are dropped: nobody must execute them. */
  close(options: { isBroken: boolean }): void
  /** Whether a call was begun. */
  readonly hasCalls: boolean
}

/**
 * Writes calls as they come in. A call whose arguments are whole ends when the next begins, or at the piece of nulls with
 * which Workers AI ends calls; any other at the end of the stream, as some models send such pieces in between, and some
 * take turns between calls.
 */
export function createToolCallWriter(
  emit: (part: LanguageModelV4StreamPart) => void,
  createId: () => string,
): ToolCallWriter {
  const calls: StreamedCall[] = []
  const byIndex = new Map<number, StreamedCall>()

  const begin = ({ id: modelId, index }: Piece): StreamedCall => {
    calls.at(-1)?.closeIfWhole()
    const call = createStreamedCall({ id: toSdkToolCallId(modelId, createId), modelId, emit })
    calls.push(call)
    if (index !== undefined) byIndex.set(index, call)
    return call
  }

  return {
    push: (given) => {
      const piece = readPiece(given)
      if (piece.id === undefined && piece.name === '' && piece.input === '') return calls.at(-1)?.finish()
      const known = piece.index === undefined ? calls.at(-1) : byIndex.get(piece.index)
      const call = known === undefined || isAnother(known, piece) ? begin(piece) : known
      call.add(piece)
    },
    close: (options) => {
      for (const call of calls) call.close(options)
    },
    get hasCalls() {
      return calls.length > 0
    },
  }
}

interface Piece {
  id: string | undefined
  index: number | undefined
  name: string
  input: string
}

function readPiece(piece: JsonObject): Piece {
  const called = objectOf(piece['function']) ?? piece
  const { arguments: input } = called
  return {
    id: stringOf(piece['id']) || undefined,
    index: numberOf(piece['index']),
    name: stringOf(called['name']) ?? '',
    input: typeof input === 'string' ? input : input ? JSON.stringify(input) : '',
  }
}

/** A named piece belongs to another call when that one is over, has another id, or pieces come without an index. */
function isAnother(known: StreamedCall, { id, index, name }: Piece): boolean {
  if (name === '') return false
  if (known.isOver || (index === undefined && known.hasName)) return true
  return id !== undefined && known.modelId !== undefined && id !== known.modelId
}
