import { buildAnswer } from './answer/build-answer.ts'
import type { Answer } from './answer/build-answer.ts'
import { aborted, sleep, toByteStream } from './byte-stream.ts'
import type { Chunk } from './byte-stream.ts'
import { ConnectionRefused, failureOf } from './errors.ts'
import { parseJsonBody, refuseCaller } from './check-request.ts'
import type { FaultSet } from './faults/fault-set.ts'
import { hugeAnswer } from './faults/huge-answer.ts'
import { toJsonChunks } from './faults/json-chunks.ts'
import { splitModel } from './faults/parse-faults.ts'
import { toChunks } from './faults/stream-chunks.ts'
import { toFailure } from './faults/to-failure.ts'
import type { Failure, Format, Parsed, Reply, VendorError } from './format.ts'
import { hash } from './hash.ts'
import type { RequestRecord } from './request-log.ts'
import { isJson } from './shape.ts'
import type { State } from './state.ts'
import { toUsage } from './to-usage.ts'
import { modelOf } from './visit.ts'
import type { Visit } from './visit.ts'

/** One request on its way through a format. */
interface Passage {
  visit: Visit
  format: Format
  state: State
  record: RequestRecord
  seed: number
  model: string
  faults: FaultSet
}

const noFaults: FaultSet = { has: () => false, number: () => undefined, args: () => [] }

/** Checks a request as its vendor would and answers it, or fails in the way that its faults ask for. */
export async function answerChat(
  visit: Visit,
  format: Format,
  context: { state: State; record: RequestRecord },
): Promise<Response> {
  const seed = hash(
    visit.request.headers.get('x-sim-seed') ?? `${context.state.seed}${visit.provider}${visit.path}${visit.text}`,
  )
  const start: Passage = { visit, format, ...context, seed, model: '', faults: noFaults }
  const refused = refuseCaller(visit, format)
  if (refused) return failWith(refused, start)
  try {
    return await answer(start)
  } catch (error) {
    if (error instanceof ConnectionRefused) throw error
    return failWith(failureOf(error), start)
  }
}

async function answer(start: Passage): Promise<Response> {
  const { visit, format, state, record } = start
  const body = parseJsonBody(visit)
  const rawModel = modelOf(visit.path, format.path, body)
  const { model, specs } = splitModel(rawModel)
  const header = (visit.request.headers.get('x-sim-fault') ?? '').split(/[+,\s]+/).filter(Boolean)
  const series = `${visit.provider}/${rawModel}/${visit.request.headers.get('x-sim-seed') ?? ''}`
  const faults = state.faults.resolve([...specs, ...header], series)
  Object.assign(record, { body, model: rawModel === '' ? '' : model, faults: [...specs, ...header] })
  const seedPart = faults.args('seed')[0]
  const passage: Passage = { ...start, model, faults, seed: seedPart === undefined ? start.seed : hash(seedPart) }

  if (faults.has('refuse')) return refuse(passage)
  if (faults.has('stall-first')) return stall(passage)
  const { provider, path, search, request } = visit
  const withModel = path.includes('/deployments/') && isJson(body) ? { model: rawModel, ...body } : body
  const whole = format.recall ? format.recall(withModel, state.memory) : withModel
  const parsed = format.parse({ provider, path, search, headers: request.headers, model, body: whole })

  const failure = toFailure(faults, model)
  if (failure) return failWith(failure, passage)
  if (faults.has('html-502')) return html502(passage)
  const reply = toReply(parsed, passage)
  if (!faults.has('huge')) format.remember?.(parsed.toJson(reply), whole, state.memory)
  return respond(parsed, reply, passage)
}

function toReply({ ask }: Parsed, { visit, state, seed, model, faults }: Passage): Reply {
  const huge = faults.number('huge')
  const choice = (index: number): Answer =>
    huge === undefined ? buildAnswer(ask, { seed, index, words: faults.number('words') }) : hugeAnswer(huge)
  const others = Array.from({ length: ask.choices - 1 }, (_, index) => choice(index + 1))
  const answers: Reply['answers'] = [choice(0), ...others]
  const split = state.cache.split(ask, `${visit.provider}/${model}`)
  const usage = toUsage(ask, answers, split)
  return {
    answers,
    usage: faults.has('no-usage') ? undefined : faults.has('zero-usage') ? zeroUsage : usage,
    seed,
    createdSeconds: Math.floor(state.now() / 1000),
  }
}

const zeroUsage = { input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0, reasoning: 0 }

async function respond(parsed: Parsed, reply: Reply, passage: Passage): Promise<Response> {
  const { format, faults, seed, model, visit } = passage
  const paceMs = faults.number('slow') ?? faults.number('pace') ?? passage.state.paceOf(visit.request)
  const headers = new Headers(format.headers({ seed, model }))
  const upset = toUpset(passage)
  if (parsed.ask.stream) {
    headers.set('content-type', parsed.framing.contentType)
    headers.set('cache-control', 'no-cache')
    const options = { framing: parsed.framing, faults, errorFrame: format.toErrorFrame(upset) }
    return send(toChunks(parsed.toFrames(reply), options), { passage, headers, paceMs })
  }
  headers.set('content-type', 'application/json')
  const isError = faults.has('error-frame') || faults.has('preamble-error')
  const text = JSON.stringify(isError ? upset.body : parsed.toJson(reply))
  if (paceMs > 0) await sleep(paceMs, visit.request.signal)
  if (visit.request.signal.aborted) return stall(passage)
  if (!needsStream(faults)) return finish(new Response(text, { headers }), passage)
  return send(toJsonChunks(text, faults, reply.answers[0].pieces()), { passage, headers, paceMs: 0 })
}

/** The error inside a 200: overloaded unless the fault names a status. */
function toUpset({ format, faults, model, visit, seed }: Passage): VendorError {
  const status = faults.number('error-frame') ?? faults.number('preamble-error') ?? format.overloadedStatus
  return format.toError({ kind: 'status', status, model }, { provider: visit.provider, seed })
}

function needsStream(faults: FaultSet): boolean {
  const bending = ['cut', 'stall', 'malformed', 'split', 'huge', 'comments'] as const
  return bending.some((name) => faults.has(name))
}

interface Sending {
  passage: Passage
  headers: Headers
  paceMs: number
}

function send(chunks: Iterable<Chunk>, { passage, headers, paceMs }: Sending): Response {
  const { record, visit, faults } = passage
  const body = toByteStream(chunks, {
    paceMs,
    splitBytes: faults.number('split'),
    signal: visit.request.signal,
    onEnd: (ending) => Object.assign(record, { ending, aborted: ending === 'aborted' }),
  })
  record.status = 200
  return new Response(body, { headers })
}

function failWith(failure: Failure, passage: Passage): Response {
  const { format, visit, seed, model } = passage
  const { status, body, headers } = format.toError({ model, ...failure }, { provider: visit.provider, seed })
  const all = { ...format.headers({ seed, model }), ...headers, 'content-type': 'application/json' }
  return finish(new Response(JSON.stringify(body), { status, headers: all }), passage)
}

function html502(passage: Passage): Response {
  const page =
    '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n'
  return finish(new Response(page, { status: 502, headers: { 'content-type': 'text/html; charset=UTF-8' } }), passage)
}

function refuse({ record }: Passage): never {
  Object.assign(record, { ending: 'cut' })
  throw new ConnectionRefused()
}

/** Never answers: waits for the client to leave, then rejects as an aborted fetch does. */
async function stall({ visit, record }: Passage): Promise<never> {
  await aborted(visit.request.signal)
  Object.assign(record, { ending: 'aborted', aborted: true })
  throw new ConnectionRefused()
}

function finish(response: Response, { record }: Passage): Response {
  Object.assign(record, { status: response.status, ending: 'complete' })
  return response
}
