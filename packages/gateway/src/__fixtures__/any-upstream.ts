import {
  anthropicMessages,
  cohereChat,
  geminiGenerate,
  ollamaChat,
  openaiChat,
  openaiCompletions,
  openaiResponses,
  workersAI,
  type ChatChunk,
  type ChatRequest,
  type ChatResponse,
  type Json,
  type WireFormat,
} from '@gw/adapters'
import * as fc from 'fast-check'
import { anyChanges, mutate, type Change } from './mutate.ts'

/** What a provider does with a request. */
export type Behaviour =
  | { kind: 'right' }
  /** Right but for some changes, in a stream to one of its events. */
  | { kind: 'bent'; changes: Change[]; at: number }
  | { kind: 'status' | 'json' | 'events' | 'lines'; status: number; values: unknown[] }
  | { kind: 'bytes'; bytes: Uint8Array<ArrayBuffer>; type: string }
  | { kind: 'gone' }

const values = fc.array(fc.jsonValue({ maxDepth: 3 }), { minLength: 1, maxLength: 4 })
const bytes = fc.uint8Array({ maxLength: 50 }).map((given) => Uint8Array.from(given))

/** Often right, or nearly. Never 500, so that a 500 is the gateway's own. */
export const anyBehaviour: fc.Arbitrary<Behaviour> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Behaviour>({ kind: 'right' }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('bent'), changes: anyChanges, at: fc.nat({ max: 9 }) }) },
  fc.record({
    kind: fc.constant('status'),
    status: fc.constantFrom(400, 401, 403, 404, 422, 429, 502, 503, 529),
    values,
  }),
  fc.record({ kind: fc.constantFrom('json', 'events', 'lines'), status: fc.constant(200), values }),
  fc.record({
    kind: fc.constant('bytes'),
    bytes,
    type: fc.constantFrom('application/json', 'text/event-stream', 'text/html', 'application/vnd.amazon.eventstream'),
  }),
  fc.constant<Behaviour>({ kind: 'gone' }),
)

/** A provider that behaves so. */
export async function behave(request: Request, behaviour: Behaviour): Promise<Response> {
  const text = await request.text()
  if (behaviour.kind === 'gone') throw new TypeError('connection refused')
  if (behaviour.kind === 'right') return rightAnswer(new URL(request.url), text)
  if (behaviour.kind === 'bent') return bend(rightAnswer(new URL(request.url), text), behaviour)
  if (behaviour.kind === 'bytes') {
    return new Response(behaviour.bytes, { headers: { 'content-type': behaviour.type } })
  }
  const { kind, status } = behaviour
  const [first, ...others] = behaviour.values.map((value) => JSON.stringify(value))
  if (kind === 'events') {
    const events = [first, ...others].map((data) => `data: ${data}\n\n`)
    return new Response(events.join(''), { status, headers: { 'content-type': 'text/event-stream' } })
  }
  const type = kind === 'lines' ? 'application/x-ndjson' : 'application/json'
  const body = kind === 'lines' ? [first, ...others].join('\n') : (first ?? '')
  return new Response(body, { status, headers: { 'content-type': type } })
}

/** Changes a whole answer, or one event of a stream. */
async function bend(right: Response, { changes, at }: Extract<Behaviour, { kind: 'bent' }>): Promise<Response> {
  const bent = (json: string): string => JSON.stringify(changes.reduce<Json>(mutate, JSON.parse(json)))
  const text = await right.text()
  const pieces = [...text.matchAll(/^(?:data: )?(\{.*\})$/gm)]
  const [, piece = text] = pieces[at % Math.max(pieces.length, 1)] ?? []
  return new Response(
    text.replace(piece, () => bent(piece)),
    { headers: right.headers },
  )
}

const wires: readonly [RegExp, WireFormat][] = [
  [/\/chat\/completions$/, openaiChat],
  [/\/responses$/, openaiResponses],
  [/\/completions$/, openaiCompletions],
  [/\/messages$/, anthropicMessages],
  [/:(?:stream)?[gG]enerateContent$/, geminiGenerate],
  [/\/ai\/run\//, workersAI],
  [/\/v2\/chat$/, cohereChat],
  [/\/api\/chat$/, ollamaChat],
]

const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }
const tool_calls = [{ id: 'c1', type: 'function' as const, function: { name: 'f', arguments: '{"city":"Oslo"}' } }]
const answer: ChatResponse = {
  id: 'a1',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: 'Hi.', reasoning_content: 'Hm.', tool_calls },
      finish_reason: 'tool_calls',
    },
  ],
  usage,
}
const base = { id: 'a1', object: 'chat.completion.chunk' as const, created: 1, model: 'm' }
const chunks: readonly ChatChunk[] = [
  { ...base, choices: [{ index: 0, delta: { role: 'assistant', content: 'Hi.' }, finish_reason: null }] },
  {
    ...base,
    choices: [
      { index: 0, delta: { tool_calls: tool_calls.map((call) => ({ index: 0, ...call })) }, finish_reason: null },
    ],
  },
  { ...base, choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
  { ...base, choices: [], usage },
]

function rightAnswer(url: URL, text: string): Response {
  const wire = wires.find(([path]) => path.test(decodeURIComponent(url.pathname)))?.[1]
  if (!wire) return Response.json(otherAnswer(url.pathname))
  const context = { model: 'm', now: () => 0, createId: () => 'id' }
  const asked: ChatRequest = { model: 'm', messages: [], stream_options: { include_usage: true } }
  const isStream = /"stream":\s?true/.test(text) || url.pathname.includes(':stream')
  if (!isStream) return Response.json(wire.formatResponse(answer, context, asked))
  const encoder = wire.createEncoder({ ...asked, stream: true }, context)
  const body = chunks.map((chunk) => encoder.push(chunk)).join('') + encoder.end()
  const type = wire.framing === 'ndjson' ? 'application/x-ndjson' : 'text/event-stream'
  return new Response(body, { headers: { 'content-type': type } })
}

function otherAnswer(path: string): object {
  if (path.endsWith('EmbedContents')) return { embeddings: [{ values: [1, 2] }] }
  if (path.endsWith(':embedContent')) return { embedding: { values: [1, 2] } }
  if (path.endsWith('/embed')) return { embeddings: { float: [[1, 2]] }, meta: { billed_units: { input_tokens: 3 } } }
  if (path.endsWith('/embeddings')) return { data: [{ index: 0, embedding: [1, 2] }], usage }
  if (path.endsWith('/rerank')) return { results: [{ index: 0, relevance_score: 1 }] }
  if (path.endsWith('/moderations')) return { id: 'm', results: [{ flagged: false }] }
  return { input_tokens: 3, totalTokens: 3 }
}
