import { InvalidResponseDataError, type LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { isObject, parseJson } from '../run/json.ts'
import { toInput } from './read-completion.ts'

/** One call that comes in pieces. */
export interface StreamedCall {
  /** The id as the model sent it. */
  readonly modelId: string | undefined
  readonly hasName: boolean
  /** Whether a named piece that follows is another call's. */
  readonly isOver: boolean
  add(piece: { name: string; input: string }): void
  /** The model says that the call is over. */
  finish(): void
  /** Ends the call if its arguments are whole. */
  closeIfWhole(): void
  /** Ends the call. After a broken stream, half the arguments make no call. */
  close(options: { isBroken: boolean }): void
}

interface CallOptions {
  id: string
  modelId: string | undefined
  emit: (part: LanguageModelV4StreamPart) => void
}

/** Writes one call as it comes in; begins with its name, for which it waits. */
export function createStreamedCall({ id, modelId, emit }: CallOptions): StreamedCall {
  let name = ''
  let input = ''
  let hasFinished = false
  let isClosed = false

  const isWhole = (): boolean => isObject(parseJson(input))
  const close: StreamedCall['close'] = ({ isBroken }) => {
    if (isClosed) return
    isClosed = true
    if (name === '') return emit({ type: 'error', error: unnamed(input) })
    emit({ type: 'tool-input-end', id })
    if (!isBroken || isWhole()) emit({ type: 'tool-call', toolCallId: id, toolName: name, input: toInput(input) })
  }

  return {
    modelId,
    get hasName() {
      return name !== ''
    },
    get isOver() {
      return isClosed || hasFinished
    },
    add: (piece) => {
      if (isClosed) return
      const wasNamed = name !== ''
      name ||= piece.name
      input += piece.input
      if (name === '') return
      if (!wasNamed) emit({ type: 'tool-input-start', id, toolName: name })
      const delta = wasNamed ? piece.input : input
      if (delta !== '') emit({ type: 'tool-input-delta', id, delta })
    },
    finish: () => {
      hasFinished = true
      if (isWhole()) close({ isBroken: false })
    },
    closeIfWhole: () => {
      if (isWhole()) close({ isBroken: false })
    },
    close,
  }
}

function unnamed(input: string): InvalidResponseDataError {
  const message = 'The model sent the arguments of a tool call and never its name.'
  return new InvalidResponseDataError({ data: input, message })
}
