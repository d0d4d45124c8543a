import { matchesPattern } from '../matches-pattern.ts'
import type { HealthVerdict } from '../health/health-verdict.ts'
import type { Candidate } from './candidate.ts'
import type { Reason } from './decision.ts'
import { idOf } from './id-of.ts'
import { obstacleMessages } from './obstacle-messages.ts'
import { priceOf } from './price-of.ts'
import type { Question } from './question.ts'
import { rateQuality } from './rate-quality.ts'

type Finder = (question: Question, candidate: Candidate) => readonly Reason[]

/** Everything that makes a candidate ineligible; none if it may be ranked. */
export const findReasons: Finder = (question, candidate) => finders.flatMap((find) => find(question, candidate))

const finders: readonly Finder[] = [
  (_, { obstacles = [] }) => [...new Set(obstacles)].map((code) => ({ code, message: obstacleMessages[code] })),
  findNames,
  findCapability,
  findContext,
  findPrice,
  findQuality,
  findPlace,
  (_, { health }) => (health?.status === 'resting' ? [resting(health)] : []),
]

function findNames({ constraints: { allow, deny } = {} }: Question, candidate: Candidate): readonly Reason[] {
  const names = (pattern: string): boolean => matchesPattern(pattern, idOf(candidate))
  const reasons: Reason[] = []
  const denying = deny?.find(names)
  if (denying !== undefined) reasons.push({ code: 'denied', message: `\`deny\` names it: ${denying}.` })
  if (allow?.some(names) === false) reasons.push({ code: 'not_allowed', message: '`allow` does not name it.' })
  return reasons
}

function findCapability({ needs, constraints }: Question, { capabilities }: Candidate): readonly Reason[] {
  const missing = [...needs, ...(constraints?.capabilities ?? [])].filter((need) => !capabilities.includes(need))
  if (missing.length === 0) return []
  return [{ code: 'capability', message: `It can't do this: ${[...new Set(missing)].join(', ')}.` }]
}

function findContext(question: Question, { contextWindow, maxOutput }: Candidate): readonly Reason[] {
  const output = tokens(question.outputTokens)
  const whole = tokens(question.inputTokens) + output
  const least = question.constraints?.context
  const reasons: Reason[] = []
  if (contextWindow !== undefined && !(whole <= contextWindow)) {
    const message = `The request needs ${whole} tokens, and its context window has ${contextWindow}.`
    reasons.push({ code: 'context', message })
  }
  if (least !== undefined && !(least <= (contextWindow ?? NaN))) {
    const message = `Its context window must have ${least} tokens, and has ${contextWindow ?? 'an unknown number'}.`
    reasons.push({ code: 'context', message })
  }
  if (maxOutput !== undefined && !(output <= maxOutput)) {
    const message = `The request asks for ${output} output tokens, and it gives ${maxOutput} at most.`
    reasons.push({ code: 'max_output', message })
  }
  return reasons
}

const tokens = (count: number): number => (Number.isNaN(count) ? 0 : Math.max(0, count))

function findPrice({ strategy, constraints }: Question, candidate: Candidate): readonly Reason[] {
  const price = priceOf(candidate)
  const most = constraints?.max_price
  const isScored = strategy === 'cheapest' || strategy === 'balanced'
  if (price === undefined) {
    const why = isScored ? `\`${strategy}\`` : '`max_price`'
    const isNeeded = isScored || most !== undefined
    return isNeeded ? [{ code: 'unknown_price', message: `Its price isn't known, and ${why} goes by it.` }] : []
  }
  if (most === undefined || price <= most) return []
  return [{ code: 'max_price', message: `It costs $${price} per million tokens, and \`max_price\` is $${most}.` }]
}

function findQuality(question: Question, candidate: Candidate): readonly Reason[] {
  const least = question.constraints?.min_quality
  if (least === undefined) return []
  const { value, from } = rateQuality(question, candidate)
  if (from === 'assumed')
    return [{ code: 'unknown_quality', message: "Its quality isn't known, and `min_quality` goes by it." }]
  return value >= least
    ? []
    : [{ code: 'min_quality', message: `Its quality is ${value}, and \`min_quality\` is ${least}.` }]
}

function findPlace({ constraints = {} }: Question, { region, zeroRetention }: Candidate): readonly Reason[] {
  const reasons: Reason[] = []
  const wanted = constraints.region === undefined ? [] : [constraints.region].flat()
  if (constraints.region !== undefined && !wanted.some((place) => isIn(region, place))) {
    const where = region === undefined ? 'Where it runs is not known' : `It runs in ${region}`
    reasons.push({ code: 'region', message: `${where}, and \`region\` is ${wanted.join(' or ') || 'none'}.` })
  }
  if (constraints.zero_retention === true && zeroRetention !== true) {
    reasons.push({ code: 'zero_retention', message: 'It is not known to keep nothing of requests and answers.' })
  }
  return reasons
}

function isIn(region: string | undefined, place: string): boolean {
  const [where, wanted] = [(region ?? '').toLowerCase(), place.toLowerCase()]
  return where === wanted || where.startsWith(`${wanted}-`)
}

function resting({ restsUntil, reason }: HealthVerdict): Reason {
  const why = {
    rate_limit: 'It rests after a rate limit.',
    failures: 'It rests after repeated failures.',
    missing: 'It rests: the provider says that it has no such model.',
    probe: 'It rests while another request finds out whether it works again.',
  }
  const message = reason ? why[reason] : 'It rests.'
  return { code: 'resting', message, ...(restsUntil !== undefined && { until: restsUntil }) }
}
