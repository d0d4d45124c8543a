import type { JsonObject } from '../../src/json.ts'
import { streamTypes } from '../../src/create-event-decoder.ts'
import type { WireFormat } from '../../src/wire-format.ts'
import type { Fetch } from './sdk-client.ts'

/** Answers every request with one JSON body. */
export function answerWith(body: JsonObject, status = 200): Fetch {
  return async () => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
}

/** Answers every request with a stream of such pieces. */
export function streamWith(pieces: readonly Uint8Array[], { framing = 'sse' }: WireFormat): Fetch {
  return async () => {
    const rest = pieces.values()
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        const { value, done } = rest.next()
        if (done) controller.close()
        else controller.enqueue(value.slice())
      },
    })
    return new Response(body, { headers: { 'content-type': streamTypes[framing] } })
  }
}

/** The bytes of a text, so many at a time. */
export function inPieces(text: string, size: number): Uint8Array[] {
  const bytes = new TextEncoder().encode(text)
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  )
}
