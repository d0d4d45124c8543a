import { Agent, request } from 'node:http'
import type { ScriptName } from '../upstream/answers.ts'

/** One request of a scenario, ready to be sent. */
export interface Call {
  url: URL
  headers: Record<string, string>
  body: string
  expected: Expected
}

/** What a right answer holds. */
export interface Expected {
  format: 'openai' | 'anthropic'
  script: ScriptName
  stream: boolean
  /** Whether the stream must end with usage; `any` where the target is free to send it. */
  usage: 'yes' | 'no' | 'any'
}

/** An answer as it arrived; times in ms since the request was started. */
export interface Taken {
  status: number
  text: string
  /** When the first word of the answer was there. */
  firstMs: number | undefined
  totalMs: number
}

const firstWord = 'w0 '

export function createAgent(concurrency: number): Agent {
  return new Agent({ keepAlive: true, maxSockets: concurrency, scheduling: 'fifo' })
}

/** Sends a call and reads its whole answer. */
export function send({ url, headers, body }: Call, agent: Agent): Promise<Taken> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now()
    const outgoing = request(url, { agent, method: 'POST', headers }, (incoming) => {
      let text = ''
      let firstMs: number | undefined
      incoming.setEncoding('utf8')
      incoming.on('data', (piece: string) => {
        text += piece
        if (firstMs === undefined && text.includes(firstWord)) firstMs = performance.now() - startedAt
      })
      incoming.on('error', reject)
      incoming.on('end', () => {
        resolve({ status: incoming.statusCode ?? 0, text, firstMs, totalMs: performance.now() - startedAt })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
