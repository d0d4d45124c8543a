import { defaultAlias, type JudgedLevel, type Judgement } from './judge-levels.ts'
import type { KeyQuery, KeyResolutionLevel, LevelExplanation, LevelOutcome } from './key-resolver.ts'

/** Says of all six levels what they have for a call; the first that can be used wins. */
export function explainLevels(judgement: Judgement, free: KeyQuery['free']): LevelExplanation[] {
  const { levels, alias } = judgement
  const winner = levels.find(isUsable)
  const explained = levels.map((judged): LevelExplanation => {
    const { level, keys } = judged
    return { level, ...explain(judged, { winner, alias }), keys: keys.map(({ about }) => about) }
  })
  return [...explained, explainFree(free, { hasWinner: winner !== undefined, alias })]
}

function isUsable({ keys }: JudgedLevel): boolean {
  return keys.some(({ secret }) => secret !== undefined)
}

type Verdict = Pick<LevelExplanation, 'outcome' | 'reason'>

const wins: Verdict = { outcome: 'wins', reason: 'It is the first level with a key that can be used.' }
const available: Verdict = {
  outcome: 'available',
  reason: 'It has a key that can be used, and is tried when those of the levels before it fail.',
}

function explain(judged: JudgedLevel, context: { winner: JudgedLevel | undefined; alias: string }): Verdict {
  const { level, skipped, keys } = judged
  if (skipped !== undefined) return { outcome: 'skipped', reason: skipped }
  if (judged === context.winner) return wins
  if (isUsable(judged)) return available
  if (keys.length === 0) return { outcome: 'empty', reason: `${subjects[level]} for this provider.` }
  const isNamed = keys.some(({ about }) => about.outcome !== 'other_alias')
  const reason = isNamed ? 'None of its keys can be used.' : `None of its keys has the alias "${context.alias}".`
  return { outcome: 'unusable', reason }
}

const subjects: Readonly<Record<Exclude<KeyResolutionLevel, 'free'>, string>> = {
  user: 'The user has no key',
  org: 'The organisation has no key',
  system_tier: "The operator has no key of the caller's tier",
  system: 'The operator has no key of all tiers',
  environment: 'The environment has no key',
}

function explainFree(free: KeyQuery['free'], context: { hasWinner: boolean; alias: string }): LevelExplanation {
  const say = (outcome: LevelOutcome, reason: string): LevelExplanation => ({
    level: 'free',
    outcome,
    reason,
    keys: [],
  })
  if (context.alias !== defaultAlias) return say('skipped', 'A call that names an alias asks for stored keys alone.')
  if (!free) {
    return say(
      'skipped',
      'Free Workers AI serves chat requests where the gateway allows it; it was not asked about for this call.',
    )
  }
  if (!free.isPossible) return say('skipped', free.reason)
  return say(context.hasWinner ? 'available' : 'wins', free.reason)
}
