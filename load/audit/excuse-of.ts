import type { Sent } from '../clients/run-clients.ts'

/**
 * Why a request with a valid key owes no row: the gateway cannot have taken it whole. One that a provider saw does.
 * `undefined`: it owes one.
 */
export function excuseOf(
  { planned: { id, leave } }: Sent,
  upstreamOf: ReadonlyMap<string, unknown>,
): 'partial' | 'unseen' | undefined {
  if (upstreamOf.has(id)) return undefined
  if (leave?.when === 'unsent') return 'partial'
  return leave?.when === 'unanswered' ? 'unseen' : undefined
}
