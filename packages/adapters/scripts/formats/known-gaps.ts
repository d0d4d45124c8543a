import type { InboundId } from './formats.ts'

/** A feature that gets lost without a word, and why. */
export interface KnownGap {
  feature: string
  inbound: InboundId
  /** The provider's format. */
  upstream: string
  reason: string
}

export const knownGaps: readonly KnownGap[] = [
  {
    feature: 'may be cited',
    inbound: 'anthropic-messages',
    upstream: 'cohere-chat',
    reason: 'Cohere cites from every document, so there is nothing to ask for.',
  },
]

export function findGap(gap: Omit<KnownGap, 'reason'>): KnownGap | undefined {
  return knownGaps.find(
    ({ feature, inbound, upstream }) => feature === gap.feature && inbound === gap.inbound && upstream === gap.upstream,
  )
}
