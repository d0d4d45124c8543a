import type { Provider } from '@gw/adapters'
import type { ProviderTerms, RoutingSettings } from './routing-settings.ts'

/**
 * Providers that say of themselves, for everyone, that they keep neither prompts nor answers.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/data-protection.html
 * @see https://developers.cloudflare.com/workers-ai/platform/data-usage/
 */
const keepNothing: ReadonlySet<string> = new Set(['aws-bedrock', 'workers-ai'])

/** Where a provider runs and what it keeps: what the operator says of it, else what is known. */
export function providerTermsOf(
  { id, keyless = false }: Pick<Provider, 'id' | 'keyless'>,
  { providers = {} }: Pick<RoutingSettings, 'providers'>,
): ProviderTerms {
  const known = {
    ...((keyless || keepNothing.has(id)) && { zero_retention: true }),
    ...(keyless && { region: 'local' }),
  }
  return { ...known, ...providers[id] }
}
