import { createServer } from 'node:http'
import type { Recorded } from './read-scenarios.ts'

/** A provider that gives recorded answers in order, whoever asks, and keeps what it was asked. */
export async function startReplayingUpstream() {
  const answers: Recorded[] = []
  const bodies: string[] = []
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString())
      const { status, headers, body, sse, ndjson } = answers.shift() ?? { status: 500, headers: {} }
      const kept = Object.entries(headers).filter(([name]) => !/^(?:content-length|.*-encoding)$/.test(name))
      outgoing.writeHead(status, Object.fromEntries(kept))
      const bytes = Buffer.from(sse ?? ndjson ?? JSON.stringify(body ?? {}))
      for (let at = 0; at < bytes.length; at += 1009) outgoing.write(bytes.subarray(at, at + 1009))
      outgoing.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    /** Forgets what was, and has these answers ready. */
    prepare(next: readonly Recorded[]) {
      answers.splice(0, answers.length, ...next)
      bodies.length = 0
    },
    bodies,
    stop: () => void server.close(),
  }
}
