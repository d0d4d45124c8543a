import type { ToolCall } from './turn.ts'

/** What came of one request, so far. */
export interface Answer {
  state: 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed'
  text: string
  /** What the model thought before, where it says. */
  thinking: string
  toolCalls: readonly ToolCall[]
  finish: string | null
  inputTokens: number | null
  outputTokens: number | null
  /** USD, where the answer itself says. */
  cost: number | null
  status: number | null
  headers: readonly (readonly [name: string, value: string])[]
  /** Ms from sending to the first output. */
  firstMs: number | null
  wholeMs: number | null
  error: string | null
}

/** Before anything has come. */
export const noAnswer: Answer = {
  state: 'waiting',
  text: '',
  thinking: '',
  toolCalls: [],
  finish: null,
  inputTokens: null,
  outputTokens: null,
  cost: null,
  status: null,
  headers: [],
  firstMs: null,
  wholeMs: null,
  error: null,
}

/** A header of the answer. */
export function headerOf({ headers }: Pick<Answer, 'headers'>, name: string): string | undefined {
  return headers.find(([one]) => one === name)?.[1]
}

/** Tokens a second after the first one; `undefined` where there is too little to say. */
export function speedOf({
  firstMs,
  wholeMs,
  outputTokens,
}: Pick<Answer, 'firstMs' | 'wholeMs' | 'outputTokens'>): number | undefined {
  if (firstMs === null || wholeMs === null || outputTokens === null) return undefined
  if (wholeMs - firstMs < 50 || outputTokens < 2) return undefined
  return (outputTokens / (wholeMs - firstMs)) * 1000
}
