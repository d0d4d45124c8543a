import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { answerFor, scripts, type AnswerBytes, type AnswerKind, type ScriptName } from './answers.ts'

/**
 * Starts the smallest upstream that can be proxied: precomputed bytes, nothing checked. Paths that end in `/messages`
 * speak Anthropic's format, all others OpenAI's.
 */
export async function serveUpstream(): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = []
    incoming.on('data', (bytes: Buffer) => parts.push(bytes))
    incoming.on('end', () => send(answerFor(kindOf(incoming, Buffer.concat(parts).toString('latin1'))), outgoing))
  })
  server.keepAliveTimeout = 120_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The upstream has no port.')
  return `http://127.0.0.1:${address.port}`
}

function kindOf({ url = '/' }: IncomingMessage, body: string): AnswerKind {
  return {
    format: url.endsWith('/messages') ? 'anthropic' : 'openai',
    script: scriptOf(/bench:(\w+)/.exec(body)?.[1]),
    stream: /"stream":\s*true/.test(body),
    includeUsage: /"include_usage":\s*true/.test(body),
  }
}

function scriptOf(name: string | undefined): ScriptName {
  for (const known of Object.keys(scripts)) if (known === name && isScript(known)) return known
  return 'short'
}

const isScript = (name: string): name is ScriptName => name in scripts

function send({ contentType, chunks, paceMs }: AnswerBytes, outgoing: ServerResponse): void {
  const [first, ...rest] = chunks
  if (rest.length === 0) {
    outgoing.writeHead(200, { 'content-type': contentType, 'content-length': first?.length ?? 0 })
    outgoing.end(first)
    return
  }
  outgoing.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-cache' })
  outgoing.write(first)
  const next = (position: number): void => {
    const chunk = rest[position]
    if (outgoing.destroyed) return
    if (chunk === undefined) return void outgoing.end()
    const hasRoom = outgoing.write(chunk)
    // One event per turn of the loop, so that each leaves alone as it does from a model that is fast.
    if (!hasRoom) outgoing.once('drain', () => next(position + 1))
    else if (paceMs === 0) setImmediate(next, position + 1)
    else setTimeout(next, paceMs, position + 1)
  }
  if (paceMs === 0) setImmediate(next, 0)
  else setTimeout(next, paceMs, 0)
}
