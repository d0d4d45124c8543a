import { createParser } from 'eventsource-parser'
import { addChunk } from './add-chunk.ts'
import { noAnswer, type Answer } from './answer.ts'
import type { Body } from './to-body.ts'

interface StreamChatOptions {
  body: Body
  gatewayId: string
  /** Of the gateway. */
  key: string
  signal: AbortSignal
  onChange(answer: Answer): void
  fetch?: typeof fetch
  /** Ms, of any clock that only goes forward. */
  now?: () => number
}

/** Where chats are asked. */
export const chatPath = '/v1/chat/completions'

/** Asks the gateway as callers do, and tells of each change of the answer; never throws. */
export async function streamChat(options: StreamChatOptions): Promise<Answer> {
  const { now = () => performance.now(), signal, onChange } = options
  const start = now()
  let answer = noAnswer
  const set = (next: Answer): void => {
    answer = next
    onChange(answer)
  }
  try {
    const response = await send(options)
    set({ ...answer, state: 'streaming', status: response.status, headers: [...response.headers] })
    if (!response.ok || !response.body) throw new Error(await readFailure(response))
    for await (const chunks of readEvents(response.body)) {
      const next = chunks.reduce(addChunk, answer)
      set(answer.firstMs === null && hasOutput(next) ? { ...next, firstMs: now() - start } : next)
    }
    set({ ...answer, state: answer.state === 'failed' ? 'failed' : 'done', wholeMs: now() - start })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const wholeMs = now() - start
    set(
      signal.aborted
        ? { ...answer, state: 'stopped', wholeMs }
        : { ...answer, state: 'failed', error: message, wholeMs },
    )
  }
  return answer
}

async function send({ body, gatewayId, key, signal, fetch: ask = fetch }: StreamChatOptions): Promise<Response> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'cf-aig-gateway-id': gatewayId }
  return ask(chatPath, { method: 'POST', headers, body: JSON.stringify(body), signal })
}

const hasOutput = ({ text, thinking, toolCalls }: Answer): boolean =>
  text !== '' || thinking !== '' || toolCalls.length > 0

async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown[]> {
  let events: unknown[] = []
  const text = new TextDecoder()
  const parser = createParser({
    onEvent: ({ data }) => {
      if (data !== '[DONE]') events.push(parseJson(data))
    },
  })
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    parser.feed(text.decode(value, { stream: true }))
    if (events.length > 0) yield events
    events = []
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function readFailure(response: Response): Promise<string> {
  const text = await response.text()
  const { error } = addChunk(noAnswer, parseJson(text))
  return error ?? (text.slice(0, 500) || `The gateway answered ${response.status}.`)
}
