import { formatFrame } from './format-frame.ts'
import type { KeptAnswer } from './kept-answer.ts'

/** An answer as it is stored. `parseKeptAnswer` is its inverse. */
export function formatKeptAnswer({ body, ...about }: KeptAnswer): Uint8Array<ArrayBuffer> {
  return formatFrame(JSON.stringify({ v: 1, ...about }), body)
}
