import type { SseDecoder, SseEvent } from './decode-stream.ts'

/**
 * Decodes newline-delimited JSON: each line that is not blank is an event. The last one needs no line end.
 * @see https://github.com/ndjson/ndjson-spec
 */
export function createNdjsonDecoder(): SseDecoder {
  const text = new TextDecoder()
  let rest = ''

  const take = (decoded: string): SseEvent[] => {
    const lines = (rest + decoded).split('\n')
    rest = lines.pop() ?? ''
    return lines.map((line) => line.trim()).flatMap((data) => (data === '' ? [] : [{ data }]))
  }

  return {
    push: (bytes) => take(text.decode(bytes, { stream: true })),
    end: () => take(`${text.decode()}\n`),
  }
}
