import type { ChatResponse } from '../../src/chat.ts'
import type { SseEvent } from '../../src/decode-stream.ts'
import type { JsonObject } from '../../src/json.ts'
import { createTestContext } from '../../src/testing/create-test-context.ts'
import { answerOf } from '../../src/testing/read-fixture.ts'
import { describeLeaves } from './describe-leaves.ts'
import type { AnswerFeature, Cell } from './feature.ts'
import type { Inbound, Upstream } from './formats.ts'
import { leavesOf, markedLeaves, placesOf, type Leaf } from './leaves.ts'
import { decode, leavesOfEvents, restream, toChunks, wholeRequest } from './restream.ts'

/** What becomes of something that a provider answers: it must reach the caller in a whole answer and in a stream. */
export function decideAnswer(feature: AnswerFeature, inbound: Inbound, upstream: Upstream): Cell {
  const said = feature.says[upstream.format.id]
  const own = feature.says[inbound.id]
  if (said === undefined || own === undefined) return { state: 'unsayable' }
  const answer = upstream.format.parseResponse(said, createTestContext())
  const body = inbound.format.formatResponse(answer, createTestContext(), wholeRequest)
  const events = restream(toChunks(answer), upstream, inbound.format)
  if (feature.probe) {
    const cell = decideProbe(feature.probe, { answer, own, body, events, inbound })
    return cell.state === 'mapped' && inbound.id === upstream.format.id ? { state: 'same' } : cell
  }
  const marks = feature.marks ?? []
  const whole = markedLeaves(leavesOf(body), marks)
  if (whole === undefined || !markedLeaves(leavesOfEvents(events), marks)) return { state: 'lost' }
  const origin = markedLeaves(leavesOf(said), marks) ?? []
  const isSame = JSON.stringify(placesOf(origin)) === JSON.stringify(placesOf(whole))
  return isSame ? { state: 'same' } : { state: 'mapped', how: describeLeaves(whole, {}) }
}

interface Probed {
  answer: ChatResponse
  /** What an answer of the caller's format looks like that says the same. */
  own: JsonObject
  body: JsonObject
  events: readonly SseEvent[]
  inbound: Inbound
}

function decideProbe(probe: (answer: ChatResponse) => unknown, { answer, own, body, events, inbound }: Probed): Cell {
  const whole = inbound.format.parseResponse(body, createTestContext())
  const streamed = answerOf(decode(inbound.format, events))
  const [expected, ...read] = [answer, whole, streamed].map((said) => JSON.stringify(probe(said)))
  if (read.some((value) => value !== expected)) return { state: 'lost' }
  const known = new Set(leavesOf(own).map(keyOf))
  const numbers = [probe(answer)].flat().filter((value) => typeof value === 'number')
  const telling = leavesOf(body).filter((leaf) =>
    numbers.length > 0 ? isCount(leaf, numbers) : known.has(keyOf(leaf)) && isEnding(leaf),
  )
  return { state: 'mapped', how: describeLeaves(telling, { showsValue: true }) }
}

const isCount = ({ path, value }: Leaf, numbers: readonly unknown[]): boolean =>
  /usage|count/i.test(path) && numbers.includes(value)

/** The words by which formats say how an answer ended. */
const isEnding = ({ path, value }: Leaf): boolean => /(?:reason|status)$/i.test(path) && value !== 'success'

const keyOf = ({ path, value }: Leaf): string => `${path}=${JSON.stringify(value)}`
