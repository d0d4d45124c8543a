export { createCachedKeyStore, type KeyCacheOptions } from './create-cached-key-store.ts'
export { createMemoryKeyStore } from './create-memory-key-store.ts'
export { createGatewayKeySecret, hashGatewayKey, isGatewayKey, type Caller, type GatewayKey } from './gateway-key.ts'
export type { KeyStore } from './key-store.ts'
export {
  environmentLevel,
  resolveUpstreamSecret,
  type KeySource,
  type SecretLevel,
  type SecretQuery,
  type UpstreamSecret,
} from './resolve-upstream-secret.ts'
export { Secret } from './secret.ts'
