import type { Candidate } from './candidate.ts'
import { chooseAmong } from './choose-among.ts'
import { comparePrices } from './compare-prices.ts'
import type { Decision, RankedCandidate, RejectedCandidate } from './decision.ts'
import { findReasons } from './find-reasons.ts'
import { idOf } from './id-of.ts'
import { nearTie } from './near-tie.ts'
import type { Question } from './question.ts'
import { scoreCandidate } from './score-candidate.ts'

/**
 * Which targets may answer, in which order, and why the others may not. The same question and candidates, in any order,
 * give the same decision.
 *
 * @example
 * const { chosen, ranked, rejected } = rank(
 *   { strategy: 'balanced', needs: ['chat', 'tools'], inputTokens: 1200, outputTokens: 500 },
 *   candidates,
 * )
 */
export function rank(question: Question, candidates: readonly Candidate[]): Decision {
  const eligible: RankedCandidate[] = []
  const rejected: RejectedCandidate[] = []
  for (const candidate of candidates) {
    const { provider, model } = candidate
    const reasons = findReasons(question, candidate)
    if (reasons.length === 0) eligible.push(scoreCandidate(question, candidate))
    if (reasons.length > 0) rejected.push({ id: idOf(candidate), provider, model, reasons })
  }

  const scored = eligible.toSorted((a, b) => b.score - a.score || comparePrices(a, b))
  const least = nearTie(question.strategy, scored[0]?.score ?? 0)
  const ties = scored.filter(({ score }) => score >= least).toSorted(comparePrices)
  const choice = chooseAmong(ties, question)
  return {
    strategy: question.strategy,
    ...(choice && { chosen: choice.chosen.id, decidedBy: choice.decidedBy }),
    ranked: choice ? [choice.chosen, ...scored.filter((other) => other !== choice.chosen)] : [],
    rejected: rejected.toSorted((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id))),
  }
}
