import type { Candidate } from './candidate.ts'
import type { RankedCandidate } from './decision.ts'
import { healthPenalty } from './health-penalty.ts'
import { idOf } from './id-of.ts'
import { priceOf } from './price-of.ts'
import type { Question, Strategy, Weights } from './question.ts'
import { rateQuality } from './rate-quality.ts'
import { rateSpeed } from './rate-speed.ts'

/** Below this many USD per million tokens a lower price is no further gain. */
const priceFloor = 0.01
/** Prices beyond are taken for this; it keeps every score finite. */
const priceCeiling = 1e9

interface Inputs extends Pick<RankedCandidate, 'quality' | 'speed' | 'healthPenalty'> {
  /** USD per million blended tokens. */
  price: number
  weights: Required<Weights>
}

/** Where the price is scored, one that isn't known makes a candidate ineligible before it comes here. */
const formulas: Readonly<Record<Strategy, (inputs: Inputs) => number>> = {
  // From 0, since the negative of 0 is another zero.
  cheapest: ({ price, healthPenalty }) => 0 - price - healthPenalty * Math.max(price, priceFloor),
  fastest: ({ speed, healthPenalty }) => speed.value - healthPenalty,
  quality: ({ quality, healthPenalty }) => quality.value - healthPenalty,
  balanced: ({ quality, speed, price, weights, healthPenalty }) =>
    quality.value * weights.quality +
    speed.value * weights.speed -
    Math.log10(Math.max(price, priceFloor)) * weights.cost -
    healthPenalty,
}

/** The score of an eligible candidate, with all that went into it. */
export function scoreCandidate(question: Question, candidate: Candidate): RankedCandidate {
  const { provider, model, health } = candidate
  const usdPerMillion = priceOf(candidate)
  const uptime = uptimeOf(health)
  const inputs = {
    quality: rateQuality(question, candidate),
    speed: rateSpeed(question, candidate),
    healthPenalty: healthPenalty(uptime),
  }
  const price = Math.min(usdPerMillion ?? priceCeiling, priceCeiling)
  const score = formulas[question.strategy]({ ...inputs, price, weights: weightsOf(question) })
  return {
    id: idOf(candidate),
    provider,
    model,
    score,
    ...inputs,
    ...(usdPerMillion !== undefined && { usdPerMillion }),
    uptime,
    health: health?.status ?? 'unknown',
  }
}

/** 1 where nothing is known; what is no number is taken for 0. */
function uptimeOf({ uptime }: { uptime: number } = { uptime: 1 }): number {
  return Number.isNaN(uptime) ? 0 : Math.min(1, Math.max(0, uptime))
}

function weightsOf({ weights = {} }: Question): Required<Weights> {
  const weigh = (weight: number | undefined, fallback: number): number =>
    weight !== undefined && Number.isFinite(weight) ? Math.min(1e6, Math.max(0, weight)) : fallback
  return { quality: weigh(weights.quality, 2), speed: weigh(weights.speed, 1), cost: weigh(weights.cost, 2) }
}
