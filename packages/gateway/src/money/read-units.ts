import type { JsonObject } from '@gw/adapters'
import type { Usage, Variant } from '@gw/catalog'
import { readImageUnits } from './units/read-image-units.ts'
import { readOtherUnits } from './units/read-other-units.ts'
import { readSpeechUnits } from './units/read-speech-units.ts'
import { numberIn, objectIn } from './units/fields.ts'

/** A call and its answer, as far as they are JSON; of a form, its fields. */
export interface UnitCall {
  /** Provider id of the registry. */
  providerId: string
  /** Path of the operation, with or without what is before it, with its query where it has one. */
  path: string
  request: JsonObject | undefined
  /** The answer, or the last event of a stream that has usage in it. */
  answer: JsonObject | undefined
  /** Of the answer. */
  headers: Pick<Headers, 'get'>
}

/** What a call used beside the tokens of a chat. */
export interface Units {
  usage: Usage
  /** What the price depends on, where it does. */
  variant?: Variant
  /** The model, where the path, the query or the answer names it. */
  model?: string
  /** What the provider says that it charged, in USD. */
  receiptUsd?: number
}

/** xAI's ticks for a dollar. @see https://docs.x.ai/docs/key-information/consumption-and-rate-limits */
const ticksPerUsd = 10_000_000_000

/**
 * What a native or unified call used in units other than the tokens of a chat: images, characters, seconds, pages, search
 * units, neurons, and the tokens of image and audio models. Only what the request or the answer says, and never a guess:
 * `undefined` where neither says anything. A receipt of Workers AI stands for all other units.
 *
 * @example
 * readUnits({ providerId: 'openai', path: '/v1/audio/speech', request: { input: 'Hi' }, answer: undefined, headers })
 * // { usage: { characters: 2 } }
 */
export function readUnits(call: UnitCall): Units | undefined {
  const units = readImageUnits(call) ?? readSpeechUnits(call) ?? readOtherUnits(call)
  const neurons = call.providerId === 'workers-ai' ? readNeurons(call) : undefined
  const receiptUsd = units && readReceipt(call)
  if (neurons !== undefined) return { ...units, usage: { neurons } }
  return units && { ...units, ...(receiptUsd !== undefined && { receiptUsd }) }
}

/** Workers AI's receipt: a header of every answer, and a field of some. */
function readNeurons({ answer, headers }: UnitCall): number | undefined {
  const { neurons } = objectIn(objectIn(answer, 'result') ?? answer, 'usage') ?? {}
  return numberIn(headers.get('cf-ai-neurons')) ?? numberIn(neurons)
}

function readReceipt({ answer }: UnitCall): number | undefined {
  const { cost, cost_in_usd_ticks: ticks } = objectIn(answer, 'usage') ?? {}
  const usdTicks = numberIn(ticks)
  return usdTicks === undefined ? numberIn(cost) : usdTicks / ticksPerUsd
}
