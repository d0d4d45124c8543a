export { AiGatewayInternalFetchError } from './ai-gateway-internal-fetch-error.ts'
export { authWrapper, CF_TEMP_TOKEN } from './auth.ts'
export { providers, type ProviderUrls } from './providers.ts'
