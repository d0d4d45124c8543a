import { createSimulator } from '@gw/simulator'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export interface CountingUpstream {
  url: string
  /** Bytes of answers that connections have taken so far. */
  sentBytes(): number
  close(): Promise<void>
}

/** A simulator that counts how much of its answers has left. */
export async function startCountingUpstream(): Promise<CountingUpstream> {
  const simulator = createSimulator()
  let sent = 0
  const server = createServer(async (incoming, outgoing) => {
    const response = await simulator.fetch(await toRequest(incoming))
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    for await (const bytes of response.body ?? []) {
      const isTaken = outgoing.write(bytes)
      sent += bytes.byteLength
      if (!isTaken) await drained(outgoing)
      if (outgoing.destroyed) return
    }
    outgoing.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The upstream has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    sentBytes: () => sent,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  const headers = Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  return new Request(`http://simulator${incoming.url ?? '/'}`, {
    method: 'POST',
    headers,
    body: Buffer.concat(chunks).toString(),
  })
}

function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    outgoing.once('drain', resolve)
    outgoing.once('close', resolve)
  })
}
