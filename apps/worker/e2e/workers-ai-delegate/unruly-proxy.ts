import { createServer, request, type ServerResponse } from 'node:http'

/** How one event stream is passed on. */
export interface Passage {
  /** Sizes of the chunks, in turn. */
  sizes: readonly number[]
  /** Bytes after which the connection is destroyed; absent: it lives. */
  dropAt?: number
}

/** Stands between a client and the gateway, cuts event streams into chunks of any size and drops their connections. */
export interface UnrulyProxy {
  url: string
  /** The event streams to come pass so, in the order in which they are answered; those after them pass whole. */
  pass(...passages: Passage[]): void
  /** What was planned and has not happened is forgotten. */
  calm(): void
  close(): Promise<void>
}

export async function startUnrulyProxy(target: string): Promise<UnrulyProxy> {
  let plan: Passage[] = []
  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', headers, url = '' } = incoming
    const upstream = request(target + url, { method, headers }, (answer) => {
      const isStream = answer.headers['content-type']?.startsWith('text/event-stream')
      const passage = isStream ? plan.shift() : undefined
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      outgoing.flushHeaders()
      if (passage === undefined) answer.pipe(outgoing)
      else void passOn(answer, outgoing, passage).finally(() => upstream.destroy())
    })
    upstream.on('error', () => outgoing.destroy())
    outgoing.on('close', () => upstream.destroy())
    incoming.pipe(upstream)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The proxy has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    pass: (...passages) => void plan.push(...passages),
    calm: () => {
      plan = []
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function passOn(
  answer: AsyncIterable<Buffer>,
  outgoing: ServerResponse,
  { sizes, dropAt = Number.POSITIVE_INFINITY }: Passage,
): Promise<void> {
  let passed = 0
  let turn = 0
  try {
    for await (const bytes of answer) {
      for (let at = 0; at < bytes.length; turn += 1) {
        const size = Math.min(sizes[turn % sizes.length] ?? 1, bytes.length - at, dropAt - passed)
        await write(outgoing, bytes.subarray(at, at + size))
        at += size
        passed += size
        if (passed < dropAt) continue
        outgoing.destroy()
        return
      }
    }
    outgoing.end()
  } catch {
    outgoing.destroy()
  }
}

/** Each piece in a packet of its own, as far as the network lets one say so. */
function write(outgoing: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    outgoing.write(bytes, (error) => (error ? reject(error) : setImmediate(resolve)))
  })
}
