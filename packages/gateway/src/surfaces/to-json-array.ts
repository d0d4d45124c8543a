/** A stream of Gemini's events as one JSON array; any other answer as it is. */
export function toJsonArray(answer: Response): Response {
  if (!answer.body || !answer.headers.get('content-type')?.startsWith('text/event-stream')) return answer
  const headers = new Headers(answer.headers)
  headers.set('content-type', 'application/json; charset=UTF-8')
  return new Response(answer.body.pipeThrough(createArrayWriter()), { status: answer.status, headers })
}

/** Each event becomes an element. An error comes as bare JSON after the events, and is the last element. */
function createArrayWriter(): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder()
  const encoder = new TextEncoder()
  let text = ''
  let opening = '['
  const element = (json: string): string => {
    const written = opening + json
    opening = ',\r\n'
    return written
  }
  const takeLines = (): string => {
    let written = ''
    for (let end = text.indexOf('\n'); end !== -1 && !text.startsWith('{'); end = text.indexOf('\n')) {
      const line = text.slice(0, end).trim()
      text = text.slice(end + 1)
      if (line.startsWith('data:')) written += element(line.slice('data:'.length).trim())
    }
    return written
  }
  return new TransformStream({
    transform: (bytes, controller) => {
      text += decoder.decode(bytes, { stream: true })
      const written = takeLines()
      if (written !== '') controller.enqueue(encoder.encode(written))
    },
    flush: (controller) => {
      const rest = text.trim()
      const last = rest.startsWith('{') ? element(rest) : ''
      controller.enqueue(encoder.encode(`${last}${opening === '[' ? '[' : ''}]`))
    },
  })
}
