import { createGatewayFetch, type GatewayFetchConfig } from './create-gateway-fetch.ts'

/** What an AI SDK provider is made with. */
export interface ProviderFactoryOptions {
  apiKey?: string
  baseURL?: string
  fetch: typeof globalThis.fetch
}

/**
 * Any AI SDK provider, with its requests going through a gateway. With `byok`, `apiKey` goes to the provider; without,
 * the gateway's own is used. Throws as `createGatewayFetch` does.
 *
 * @example
 * const openai = createGatewayProvider(createOpenAI, { binding: env.AI, gateway: 'my-gateway' })
 * const model = openai('gpt-5')
 */
export function createGatewayProvider<T>(
  factory: (options: ProviderFactoryOptions) => T,
  config: GatewayFetchConfig & { apiKey?: string; baseURL?: string },
): T {
  const { apiKey = 'unused', baseURL } = config
  return factory({ apiKey, ...(baseURL !== undefined && { baseURL }), fetch: createGatewayFetch(config) })
}
