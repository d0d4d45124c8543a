import { createServer, request } from 'node:http'

/** Stands between a client and the gateway, and drops connections in the middle of event streams. */
export interface DroppingProxy {
  url: string
  /** The event streams to come break off after so many events each; those after them pass whole. */
  dropAfter(...events: number[]): void
  /** Paths that were asked for since the last call, oldest first. */
  takePaths(): string[]
  close(): Promise<void>
}

export async function startDroppingProxy(target: string): Promise<DroppingProxy> {
  const drops: number[] = []
  const paths: string[] = []
  const server = createServer((incoming, outgoing) => {
    paths.push(incoming.url ?? '')
    const { method = 'GET', headers } = incoming
    const upstream = request(target + (incoming.url ?? ''), { method, headers }, (answer) => {
      const isStream = answer.headers['content-type']?.startsWith('text/event-stream')
      const most = isStream ? drops.shift() : undefined
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      outgoing.flushHeaders()
      if (most === undefined) {
        answer.pipe(outgoing)
        return
      }
      passEvents(answer, most, (bytes, isLast) => {
        outgoing.write(bytes, () => isLast && outgoing.destroy())
        if (isLast) upstream.destroy()
      })
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
    dropAfter: (...events) => void drops.push(...events),
    takePaths: () => paths.splice(0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Hands on the first `most` events and three bytes of the next. */
function passEvents(
  answer: AsyncIterable<Buffer> & { on(event: 'data', listener: (bytes: Buffer) => void): unknown },
  most: number,
  write: (bytes: Buffer, isLast: boolean) => void,
): void {
  let seen = Buffer.alloc(0)
  let isOver = false
  answer.on('data', (bytes) => {
    if (isOver) return
    const before = seen.length
    seen = Buffer.concat([seen, bytes])
    const end = endOfEvents(seen, most)
    isOver = end !== undefined && end + 3 <= seen.length
    write(isOver && end !== undefined ? seen.subarray(before, end + 3) : bytes, isOver)
  })
}

function endOfEvents(bytes: Buffer, count: number): number | undefined {
  let end = 0
  for (let event = 0; event < count; event += 1) {
    const boundary = bytes.indexOf('\n\n', end)
    if (boundary === -1) return undefined
    end = boundary + 2
  }
  return end
}
