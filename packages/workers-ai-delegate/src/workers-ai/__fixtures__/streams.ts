import type { LanguageModelV4StreamPart } from '@ai-sdk/provider'

/** Events as the models send them. */
export function sse(...events: (object | string)[]): string {
  return events.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join('')
}

/** A body of the text in pieces of `size` bytes. */
export function streamOf(text: string, size = Number.POSITIVE_INFINITY): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  let position = 0
  return new ReadableStream({
    pull: (controller) => {
      if (position >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(position, Math.min(position + size, bytes.length)))
      position += size
    },
  })
}

/** A response with an event stream. */
export function sseResponse(
  text: string,
  { size, headers }: { size?: number; headers?: Record<string, string> } = {},
): Response {
  const response = new Response(streamOf(text, size), { headers: headers ?? {} })
  response.headers.set('content-type', 'text/event-stream')
  return response
}

/** All parts of a stream. */
export async function collect(stream: ReadableStream<LanguageModelV4StreamPart>): Promise<LanguageModelV4StreamPart[]> {
  const parts: LanguageModelV4StreamPart[] = []
  for await (const part of stream) parts.push(part)
  return parts
}

/** Neighbouring deltas of one block joined, so that streams cut differently compare equal. */
export function joinDeltas(parts: readonly LanguageModelV4StreamPart[]): LanguageModelV4StreamPart[] {
  const joined: LanguageModelV4StreamPart[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    if (isDelta(part) && last && isDelta(last) && last.id === part.id) {
      joined[joined.length - 1] = { ...last, delta: last.delta + part.delta }
    } else joined.push(part)
  }
  return joined
}

type Delta = Extract<LanguageModelV4StreamPart, { delta: string }>

function isDelta(part: LanguageModelV4StreamPart): part is Delta {
  return 'delta' in part
}
