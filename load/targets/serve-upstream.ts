import { createSimulator } from '@gw/simulator'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stopOnSignal } from '../../scripts/local/stop-on-signal.ts'

/**
 * The providers of the run: the simulator, told by the caller's text what to do wrong at which attempt. A model name
 * with a fault in it would have no price.
 */
const [maxRequests = '1000', seed = 'load'] = process.argv.slice(2)
const simulator = createSimulator({ maxRequests: Number(maxRequests), seed })
const attempts = new Map<string, number>()

const server = createServer((incoming, outgoing) => {
  answer(incoming, outgoing).catch(() => outgoing.destroy())
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(`ready http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`)
})
stopOnSignal(async () => {
  server.closeAllConnections()
  server.close()
})

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  const body = Buffer.concat(chunks)
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  const request = toRequest(incoming, body, gone.signal)
  const response = await simulator.fetch(request)
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  if (!response.body) return void outgoing.end()
  // Headers go out before the first event, so that a stall after them is one.
  outgoing.flushHeaders()
  await pipeline(Readable.fromWeb(response.body), outgoing)
}

function toRequest(
  { method = 'GET', headers, url = '/' }: IncomingMessage,
  body: Buffer,
  signal: AbortSignal,
): Request {
  const fault = nextFault(body.toString())
  const sent = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  )
  const given: [string, string][] = fault === undefined ? [] : [['x-sim-fault', fault]]
  return new Request(`http://${headers.host ?? 'upstream'}${url}`, {
    method,
    signal,
    headers: [...sent, ...given],
    ...(body.length > 0 && { body: Uint8Array.from(body) }),
  })
}

/** The fault of this attempt, as the text of the request names it. */
function nextFault(body: string): string | undefined {
  const [, mark, list] = /\b(load-\d+\.\d+) f=(\S+)/.exec(body) ?? []
  if (mark === undefined || list === undefined) return undefined
  const made = attempts.get(mark) ?? 0
  attempts.set(mark, made + 1)
  const fault = list.split(',')[made]
  if (fault === undefined || fault === '-') return undefined
  return fault === 'reset' ? 'refuse' : fault
}
