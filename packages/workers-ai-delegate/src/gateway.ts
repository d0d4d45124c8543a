export { createGatewayFetch, type GatewayFetchConfig } from './delegate/create-gateway-fetch.ts'
export { createGatewayProvider, type ProviderFactoryOptions } from './delegate/create-gateway-provider.ts'
