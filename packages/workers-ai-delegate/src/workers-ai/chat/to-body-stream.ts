import type { AnswerBody } from '../run/run-answer.ts'

/** The body to read parts from. An answer that came whole, although a stream was asked for, is a stream of one piece. */
export function toBodyStream(body: AnswerBody): ReadableStream<Uint8Array | string> {
  if (body.type === 'stream') return body.stream
  return new ReadableStream({
    start: (controller) => {
      controller.enqueue(toPiece(body))
      controller.close()
    },
  })
}

function toPiece(body: Exclude<AnswerBody, { type: 'stream' }>): Uint8Array | string {
  if (body.type === 'bytes') return body.bytes
  if (body.type === 'json') return JSON.stringify(body.value)
  const isEvents = /^\s*(?:data|event|id|:)/.test(body.text) && body.text.includes('data:')
  return isEvents ? body.text : JSON.stringify({ response: body.text })
}
