import { mayBeLeakedCalls, readLeakedCalls, type LeakedCall } from './read-leaked-calls.ts'

/** Holds text back for as long as it may be a tool call in disguise. */
export interface TextGate {
  write(delta: string): void
  /** Lets the held text go: it is text. */
  release(): void
  /** The calls that the held text is, which is then gone; `[]` when it is none. */
  takeCalls(): LeakedCall[]
}

/** A gate that is open from the start unless one of `toolNames` has to be called, and opens at the first word that is no JSON. */
export function createTextGate(toolNames: ReadonlySet<string>, write: (text: string) => void): TextGate {
  let isOpen = toolNames.size === 0
  let held = ''
  const release = () => {
    isOpen = true
    if (held.trim() !== '') write(held)
    held = ''
  }
  return {
    write: (delta) => {
      if (isOpen) return write(delta)
      held += delta
      if (!mayBeLeakedCalls(held)) release()
    },
    release,
    takeCalls: () => {
      const calls = readLeakedCalls(held, toolNames)
      if (calls.length > 0) held = ''
      return calls
    },
  }
}
