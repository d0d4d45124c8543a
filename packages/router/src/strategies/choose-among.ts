import type { Decision, RankedCandidate } from './decision.ts'
import type { Question } from './question.ts'
import { stickyWeight } from './sticky-weight.ts'

interface Choice {
  chosen: RankedCandidate
  decidedBy: NonNullable<Decision['decidedBy']>
}

/**
 * One of the near ties, which come in the order of `comparePrices`: the incumbent, else the one that the sticky key is
 * given, else the one of the lowest price, else the first by name.
 */
export function chooseAmong(ties: readonly RankedCandidate[], question: Question): Choice | undefined {
  const [first, second] = ties
  if (!first) return undefined
  if (!second) return { chosen: first, decidedBy: 'score' }
  const incumbent = ties.find(({ id }) => id === question.incumbent)
  if (incumbent) return { chosen: incumbent, decidedBy: 'incumbent' }

  const { stickyKey } = question
  if (stickyKey === undefined) {
    return { chosen: first, decidedBy: first.usdPerMillion === second.usdPerMillion ? 'name' : 'price' }
  }
  const weigh = ({ id }: RankedCandidate): number => stickyWeight(stickyKey, id)
  return { chosen: ties.reduce((most, tie) => (weigh(tie) > weigh(most) ? tie : most)), decidedBy: 'sticky' }
}
