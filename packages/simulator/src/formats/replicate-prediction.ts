import { emptyAsk } from '../ask.ts'
import type { Ask } from '../ask.ts'
import { fromBase64Url, toBase64Url } from '../base64-url.ts'
import type { Call, Format, Frame, Parsed, Reply } from '../format.ts'
import { sse } from '../framing.ts'
import { boolean, number, open, string } from '../shape.ts'
import type { Static } from '../shape.ts'
import { countAttachment, countWords, promptTokens } from '../usage.ts'
import { bearer } from './credentials.ts'
import { toReplicateError } from './replicate-errors.ts'

const input = open({ prompt: string }, { system_prompt: string, max_tokens: number({ min: 1 }), image: string })
const request = open({ input }, { version: string, stream: boolean })

export interface PredictionRequest {
  model: string
  input: Static<typeof input>
}

export const predictionFraming = sse('\n', 'text/event-stream')

/**
 * Replicate's predictions of language models. With `Prefer: wait` a prediction is answered when it has succeeded, but
 * those of models with "cold" in their names take longer than anyone waits.
 */
export const replicatePrediction: Format = {
  id: 'replicate-prediction',
  path: /\/v1\/(?:models\/([^/]+\/[^/]+)\/)?predictions$/,
  credential: ({ headers }) => bearer(headers),
  parse,
  overloadedStatus: 503,
  sample: () => ({ input: { prompt: 'hi' } }),
  toError: toReplicateError,
  toErrorFrame: ({ body }) => ({ kind: 'other', event: 'error', text: JSON.stringify(body) }),
  headers: () => ({ 'ratelimit-remaining': '599', 'ratelimit-reset': '1' }),
}

function parse({ body, headers, model }: Call): Parsed {
  if (!request.accepts(body, [])) throw new TypeError('A shape answers true or throws')
  const asked = { model, input: body.input }
  const isWaitedFor = (headers.get('prefer') ?? '').startsWith('wait') && !model.includes('cold')
  const status = isWaitedFor ? 'succeeded' : 'starting'
  return {
    ask: toPredictionAsk(asked),
    framing: predictionFraming,
    toJson: (reply) => toPrediction(asked, status, reply),
    toFrames: toPredictionFrames,
  }
}

/** What a prediction is to answer. Whether it streams is said afterwards, by the URL that is read. */
export function toPredictionAsk({ input: { prompt, system_prompt = '', max_tokens, image } }: PredictionRequest): Ask {
  const attachments = image === undefined ? [] : ['image/png']
  const text = `${system_prompt} ${prompt}`
  const attached = attachments.reduce((sum, type) => sum + countAttachment(type), 0)
  return {
    ...emptyAsk,
    blocks: [{ digest: text, tokens: countWords(text) + attached }],
    userText: prompt,
    attachments,
    maxTokens: max_tokens ?? Infinity,
  }
}

/** A prediction; its id says all that it takes to answer it later. */
export function toPrediction(asked: PredictionRequest, status: 'starting' | 'succeeded', reply: Reply): object {
  const { answers, usage, createdSeconds } = reply
  const id = toBase64Url(JSON.stringify(asked))
  const root = `https://api.replicate.com/v1/predictions/${id}`
  const metrics = usage && { input_token_count: promptTokens(usage), output_token_count: usage.output }
  return {
    id,
    model: asked.model,
    input: asked.input,
    logs: '',
    output: status === 'succeeded' ? [...answers[0].pieces()] : null,
    error: null,
    status,
    created_at: new Date(createdSeconds * 1000).toISOString(),
    ...(status === 'succeeded' ? { metrics: { predict_time: 0.1, ...metrics } } : {}),
    urls: { get: root, cancel: `${root}/cancel`, stream: `https://stream.replicate.com/v1/streams/${id}` },
  }
}

/** The answer as the events of a prediction's stream. */
export function* toPredictionFrames({ answers: [answer] }: Reply): Iterable<Frame> {
  for (const text of answer.pieces()) yield { kind: 'token', event: 'output', text }
  yield { kind: 'done', event: 'done', text: '{}' }
}

/** What was asked for under an id, unless no prediction has it. */
export function readPredictionId(id: string): PredictionRequest | undefined {
  try {
    const asked: unknown = JSON.parse(fromBase64Url(id))
    return asking.accepts(asked, []) ? asked : undefined
  } catch {
    return undefined
  }
}

const asking = open({ model: string, input })
