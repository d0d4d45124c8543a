import type { Answer } from '../../api/admin-api.ts'

type Rejected = Answer<'POST /router/explain'>['rejected'][number]

/** All that were left out for one reason. */
export interface RejectedGroup {
  code: string
  targets: readonly { id: string; message: string }[]
}

/** Those that were left out, by their first reason; the largest group first. */
export function groupRejected(rejected: readonly Rejected[]): RejectedGroup[] {
  const groups = new Map<string, { id: string; message: string }[]>()
  for (const { id, reasons } of rejected) {
    const code = reasons[0]?.code ?? 'unknown'
    groups.set(code, [...(groups.get(code) ?? []), { id, message: reasons.map(({ message }) => message).join(' ') }])
  }
  return [...groups]
    .map(([code, targets]) => ({ code, targets }))
    .toSorted((one, other) => other.targets.length - one.targets.length)
}

/** Reasons, for people. */
export const reasonNames: Readonly<Record<string, string>> = {
  capability: 'Cannot do what is needed',
  context: 'Its context window is too small',
  max_output: 'Gives less output than is asked for',
  no_key: 'No provider key',
  scope: 'Outside the key’s scope',
  tier: 'Outside the tier',
  budget: 'Over a budget',
  neurons: 'No neurons left today',
  unsupported: 'The gateway cannot send this there',
  paid_plan: 'Needs a plan at the provider',
  withdrawn: 'Withdrawn by the provider',
  disabled: 'Switched off here',
  max_price: 'Too expensive',
  unknown_price: 'Its price is unknown',
  min_quality: 'Not good enough',
  unknown_quality: 'Its quality is unknown',
  region: 'Not in the region',
  zero_retention: 'Not known to keep nothing',
  not_allowed: 'Not allowed',
  denied: 'Denied',
  resting: 'Rests',
}
