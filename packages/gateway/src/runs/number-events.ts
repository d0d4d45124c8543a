import { passEvents, type EventPosition } from './pass-events.ts'

/**
 * Writes an `id:` line into every event, so that a browser's `EventSource` asks for the rest by itself. An event's id is
 * how many events there are up to it.
 */
export function numberEvents(stream: ReadableStream<Uint8Array>, from: number): ReadableStream<Uint8Array> {
  let position: EventPosition = { events: from, afterNewline: false }
  let isAtStart = true
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (bytes, controller) => {
        for (let rest = bytes; rest.byteLength > 0;) {
          if (isAtStart) controller.enqueue(new TextEncoder().encode(`id: ${position.events + 1}\n`))
          const passed = passEvents(rest, position, position.events + 1)
          controller.enqueue(rest.subarray(0, passed.length))
          isAtStart = passed.position.events > position.events
          ;({ position } = passed)
          rest = rest.subarray(passed.length)
        }
      },
    }),
  )
}
