import { request, type Agent, type ClientRequest, type IncomingMessage } from 'node:http'
import type { Leave } from '../plan/plan.ts'

/** One request on its way. */
export interface Call {
  url: URL
  headers: Record<string, string>
  body: string
  leave: Leave | undefined
}

/** What a client got. `left`: it went away as planned; `broken`: the connection ended before the answer did. */
export interface Got {
  ending: 'complete' | 'left' | 'broken'
  /** The request's last byte was handed to the kernel before the client left. */
  isSent: boolean
  status: number | undefined
  headers: Record<string, string>
  text: string
  firstMs: number | undefined
  totalMs: number
}

/** A client that hears nothing for so long gives up, ms. */
const patienceMs = 120_000

/** Sends one request over a real connection, and reads the answer or goes away. Never rejects. */
export function send(call: Call, agent: Agent): Promise<Got> {
  return new Promise((resolve) => {
    const startedAt = performance.now()
    const got: Got = {
      ending: 'broken',
      isSent: false,
      status: undefined,
      headers: {},
      text: '',
      firstMs: undefined,
      totalMs: 0,
    }
    let isOver = false
    const end = (ending: Got['ending']): void => {
      if (isOver) return
      isOver = true
      resolve({ ...got, ending, totalMs: performance.now() - startedAt })
    }
    const { leave } = call
    const outgoing = request(call.url, {
      method: 'POST',
      headers: { ...call.headers, 'content-length': String(Buffer.byteLength(call.body)) },
      // Who leaves takes the connection along, so that has to be its own.
      agent: leave ? false : agent,
    })
    const go = (): void => {
      end('left')
      hangUp(outgoing, leave?.isReset ?? false)
    }
    outgoing.setTimeout(patienceMs, () => outgoing.destroy())
    outgoing.on('error', () => end('broken'))
    outgoing.on('response', (incoming) => {
      Object.assign(got, {
        status: incoming.statusCode,
        headers: flat(incoming),
        firstMs: performance.now() - startedAt,
      })
      read(incoming, { got, leave, go, end })
    })
    write(outgoing, call, { go, onSent: () => (got.isSent = true) })
  })
}

function write(outgoing: ClientRequest, { body, leave }: Call, { go, onSent }: { go(): void; onSent(): void }): void {
  if (leave?.when === 'unsent') {
    outgoing.write(body.slice(0, body.length / 2), () => setTimeout(go, leave.afterMs))
    return
  }
  outgoing.end(body, () => {
    onSent()
    if (leave?.when === 'unanswered') setTimeout(go, leave.afterMs)
  })
}

interface Reader {
  got: Got
  leave: Leave | undefined
  go(): void
  end(ending: Got['ending']): void
}

function read(incoming: IncomingMessage, { got, leave, go, end }: Reader): void {
  let bytes = 0
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    got.text += chunk.toString('latin1')
    if (leave?.when === 'midway' && bytes >= leave.afterBytes) go()
    if (leave?.when === 'at-end' && isLast(got.text, { bytes, incoming })) go()
  })
  incoming.on('error', () => end('broken'))
  incoming.on('aborted', () => end('broken'))
  incoming.on('end', () => end(incoming.complete ? 'complete' : 'broken'))
}

/** The last event of a stream is there, or the last byte of an answer. */
function isLast(text: string, { bytes, incoming }: { bytes: number; incoming: IncomingMessage }): boolean {
  const length = incoming.headers['content-length']
  if (length !== undefined) return bytes >= Number(length)
  return /data: ?\[DONE\]|"type": ?"(?:message_stop|response\.completed)"|"finishReason"/.test(text.slice(-2000))
}

function hangUp(outgoing: ClientRequest, isReset: boolean): void {
  const { socket } = outgoing
  if (isReset) socket?.resetAndDestroy()
  outgoing.destroy()
}

function flat({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}
