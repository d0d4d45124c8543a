import type { LanguageModelV4StreamPart } from '@ai-sdk/provider'
import type { JsonObject } from '../run/json.ts'
import { createBlockWriter } from './create-block-writer.ts'
import { createTextGate } from './create-text-gate.ts'
import { createToolCallWriter } from './create-tool-call-writer.ts'

/** What a chunk adds to the answer. */
export interface AnswerDelta {
  reasoning: string
  text: string
  /** Pieces of tool calls. */
  pieces: readonly JsonObject[]
}

/** Writes an answer as it grows. */
export interface AnswerWriter {
  write(delta: AnswerDelta): void
  /** Ends everything that is open. After a broken stream, calls with half their arguments are dropped. */
  finish(options: { isBroken: boolean }): void
  readonly hasCalls: boolean
  /** Calls that stood in the text. */
  readonly leakedCalls: number
}

interface AnswerWriterOptions {
  emit(part: LanguageModelV4StreamPart): void
  createId(): string
  /** Tools of which one has to be called; text that may be such a call is held back until that is known. */
  forcedTools: ReadonlySet<string>
}

/** Writes thoughts, text and calls in the order in which they come. */
export function createAnswerWriter({ emit, createId, forcedTools }: AnswerWriterOptions): AnswerWriter {
  const blocks = createBlockWriter(emit, createId)
  const calls = createToolCallWriter(emit, createId)
  const gate = createTextGate(forcedTools, (text) => blocks.write('text', text))
  let leakedCalls = 0

  const writeLeaked = () => {
    for (const [index, { name, input }] of gate.takeCalls().entries()) {
      blocks.close()
      calls.push({ index, function: { name, arguments: input } })
      leakedCalls += 1
    }
  }

  return {
    write: ({ reasoning, text, pieces }) => {
      blocks.write('reasoning', reasoning)
      gate.write(text)
      if (pieces.length === 0) return
      gate.release()
      blocks.close()
      for (const piece of pieces) calls.push(piece)
    },
    finish: ({ isBroken }) => {
      if (!calls.hasCalls && !isBroken) writeLeaked()
      gate.release()
      blocks.close()
      calls.close({ isBroken })
    },
    get hasCalls() {
      return calls.hasCalls
    },
    get leakedCalls() {
      return leakedCalls
    },
  }
}
