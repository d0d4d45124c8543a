import type { Provider } from '@gw/adapters'
import type { Deps } from '../deps.ts'
import type { InboundChat } from '../plan.ts'
import { isRouted } from '../routing/is-routed.ts'
import { resolveTarget } from '../steps/resolve-target.ts'

/**
 * True where a request names an earlier response or a conversation that the provider of its own model keeps: any other
 * provider would answer without what was said before.
 */
export function isKeptElsewhere(
  { body, format, model }: Pick<InboundChat, 'body' | 'format' | 'model'>,
  { id }: Pick<Provider, 'id'>,
  { providers }: Pick<Deps, 'providers'>,
): boolean {
  const named = body['previous_response_id'] ?? body['conversation'] ?? null
  if (named === null || isRouted(model)) return false
  const { provider, api } = resolveTarget(model, providers, format.id)
  return api.wire.id === format.id && provider.id !== id
}
