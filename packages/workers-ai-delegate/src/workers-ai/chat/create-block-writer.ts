import type { LanguageModelV4StreamPart } from '@ai-sdk/provider'

/** Writes text and thoughts in blocks, of which one is open at a time. */
export interface BlockWriter {
  /** Adds to the open block, or opens one of this type. */
  write(type: 'text' | 'reasoning', delta: string): void
  /** Ends the open block. */
  close(): void
}

/** Writes blocks of text and reasoning. */
export function createBlockWriter(
  emit: (part: LanguageModelV4StreamPart) => void,
  createId: () => string,
): BlockWriter {
  let open: { type: 'text' | 'reasoning'; id: string } | undefined
  const close = () => {
    if (open) emit({ type: `${open.type}-end`, id: open.id })
    open = undefined
  }
  return {
    write: (type, delta) => {
      if (delta === '') return
      if (open?.type !== type) {
        close()
        open = { type, id: createId() }
        emit({ type: `${type}-start`, id: open.id })
      }
      emit({ type: `${type}-delta`, id: open.id, delta })
    },
    close,
  }
}
