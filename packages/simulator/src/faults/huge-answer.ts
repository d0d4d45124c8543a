import type { Answer } from '../answer/build-answer.ts'

/** Stands for the text in a JSON answer until the text itself is generated. */
export const hugeMark = '@@huge@@'

const word = ' loremip'
const wordsPerPiece = 512

/** An answer of `bytes` bytes of text that exists only while it is read: words of eight bytes, pieces of 4 KiB. */
export function hugeAnswer(bytes: number): Answer {
  const words = Math.floor(bytes / word.length)
  const piece = word.repeat(wordsPerPiece)
  return {
    reasoning: '',
    text: hugeMark,
    *pieces() {
      let left = words
      for (; left >= wordsPerPiece; left -= wordsPerPiece) yield piece
      if (left > 0) yield word.repeat(left)
    },
    calls: [],
    finish: 'stop',
    isCited: false,
    outputTokens: words,
    reasoningTokens: 0,
  }
}
