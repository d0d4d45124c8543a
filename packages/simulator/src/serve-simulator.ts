import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'

import { createSimulator } from './create-simulator.ts'
import type { Simulator } from './create-simulator.ts'
import type { SimulatorOptions } from './state.ts'
import { createStaticAnswers } from './static-answers.ts'
import type { StaticAnswer } from './static-answers.ts'

export interface ServeOptions extends SimulatorOptions {
  /** Default 0: any free port. */
  port?: number
  /** Default `127.0.0.1`. The request log shows credentials, so think before you bind anything else. */
  host?: string
}

export interface SimulatorServer {
  url: string
  simulator: Simulator
  close(): Promise<void>
}

/** Starts a simulator on a port; resolves once it listens. */
export async function serveSimulator({
  port = 0,
  host = '127.0.0.1',
  ...options
}: ServeOptions = {}): Promise<SimulatorServer> {
  const simulator = createSimulator(options)
  const statics = createStaticAnswers()
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing, { simulator, statics }).catch(() => outgoing.destroy())
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return { url: `http://${host}:${portOf(server)}`, simulator, close: () => close(server) }
}

interface Parts {
  simulator: Simulator
  statics: ReturnType<typeof createStaticAnswers>
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { simulator, statics }: Parts,
): Promise<void> {
  const body = await readBody(incoming)
  const [path = '/', query = ''] = (incoming.url ?? '/').split('?')
  const text = body.includes('+static') || path.includes('static') ? body.toString() : ''
  const ready = statics.find(path, text, /(?:^|&)alt=([^&]*)/.exec(query)?.[1])
  if (ready) return sendStatic(ready, outgoing)

  const gone = new AbortController()
  const request = toRequest(incoming, body, gone.signal)
  // Node aborts a Request's signal only as long as somebody holds the Request.
  outgoing.once('close', () => gone.abort(new DOMException(`${request.url}: the client left`, 'AbortError')))
  const response = await simulator.fetch(request)
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  if (!response.body) return void outgoing.end()
  // Headers go out before the first event, so that a stall after them can be seen.
  outgoing.flushHeaders()
  await pump(response.body, outgoing)
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
}

function toRequest(incoming: IncomingMessage, body: Buffer, signal: AbortSignal): Request {
  const { method = 'GET', headers, url = '/' } = incoming
  const entries = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  )
  const hasBody = method !== 'GET' && method !== 'HEAD' && body.length > 0
  const init: RequestInit = { method, headers: entries, signal, ...(hasBody ? { body: Uint8Array.from(body) } : {}) }
  return new Request(`http://${headers.host ?? 'localhost'}${url}`, init)
}

/** Writes as fast as the client reads. A stream that fails takes its connection with it. */
async function pump(body: ReadableStream<Uint8Array>, outgoing: ServerResponse): Promise<void> {
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return void outgoing.end()
    await write(outgoing, value)
    if (outgoing.destroyed) return reader.cancel()
  }
}

async function sendStatic({ headers, chunks, paceMs }: StaticAnswer, outgoing: ServerResponse): Promise<void> {
  const [only] = chunks
  if (chunks.length === 1 && only) {
    outgoing.writeHead(200, { ...headers, 'content-length': only.length })
    return void outgoing.end(only)
  }
  outgoing.writeHead(200, headers)
  for (const [index, chunk] of chunks.entries()) {
    if (index > 0 && paceMs > 0) await new Promise((resolve) => setTimeout(resolve, paceMs))
    if (outgoing.destroyed) return
    await write(outgoing, chunk)
  }
  outgoing.end()
}

async function write(outgoing: ServerResponse, bytes: Uint8Array): Promise<void> {
  if (outgoing.write(bytes) || outgoing.destroyed) return
  await new Promise<void>((resolve) => {
    const done = (): void => {
      outgoing.off('drain', done)
      outgoing.off('close', done)
      resolve()
    }
    outgoing.on('drain', done)
    outgoing.on('close', done)
  })
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
