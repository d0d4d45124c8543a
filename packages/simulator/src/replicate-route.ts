import { buildAnswer } from './answer/build-answer.ts'
import type { Reply } from './format.ts'
import {
  predictionFraming,
  readPredictionId,
  toPrediction,
  toPredictionAsk,
  toPredictionFrames,
} from './formats/replicate-prediction.ts'
import { hash } from './hash.ts'
import type { State } from './state.ts'
import { toUsage } from './to-usage.ts'
import type { Visit } from './visit.ts'

/** A prediction that was begun before, or its stream; `undefined` for any other path. */
export function replicateRoute({ request, path }: Visit, { now }: State): Response | undefined {
  const [, kind, id = ''] = /\/v1\/(predictions|streams)\/([\w-]+)$/.exec(path) ?? []
  const asked = request.method === 'GET' && kind !== undefined ? readPredictionId(id) : undefined
  if (!asked) return undefined
  const ask = toPredictionAsk(asked)
  const answer = buildAnswer(ask, { seed: hash(id), index: 0, words: undefined })
  const split = { cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 }
  const reply: Reply = {
    answers: [answer],
    usage: toUsage(ask, [answer], split),
    seed: hash(id),
    createdSeconds: Math.floor(now() / 1000),
  }
  if (kind === 'predictions') return Response.json(toPrediction(asked, 'succeeded', reply))
  const events = Array.from(toPredictionFrames(reply), (frame, index) => predictionFraming.encode(frame, index === 0))
  return new Response(events.join(''), { headers: { 'content-type': predictionFraming.contentType } })
}
