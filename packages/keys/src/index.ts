export { checkGatewayKey, type GatewayKeyState } from './check-gateway-key.ts'
export { createCachedKeyStore, type StoreCacheOptions } from './create-cached-key-store.ts'
export { createCachedProviderKeyStore } from './create-cached-provider-key-store.ts'
export { createGatewayKey, type NewGatewayKey } from './create-gateway-key.ts'
export { createKeyResolver, type KeyResolverOptions } from './create-key-resolver.ts'
export { createLookupCache, type LookupCache, type LookupCacheOptions } from './create-lookup-cache.ts'
export { createMemoryKeyStore } from './create-memory-key-store.ts'
export { createMemoryProviderKeyStore } from './create-memory-provider-key-store.ts'
export { createVault, type VaultOptions } from './create-vault.ts'
export {
  createGatewayKeySecret,
  hashGatewayKey,
  isGatewayKey,
  type Caller,
  type GatewayKey,
  type KeyScopes,
} from './gateway-key.ts'
export {
  keyResolutionLevels,
  type KeyCandidate,
  type KeyExplanation,
  type KeyOutcome,
  type KeyQuery,
  type KeyRefusal,
  type KeyResolutionLevel,
  type KeyResolver,
  type LevelExplanation,
  type LevelOutcome,
} from './key-resolver.ts'
export type { KeySource } from './key-source.ts'
export type { GatewayKeyChange, GatewayKeyRotation, GatewayKeyUse, KeyStore } from './key-store.ts'
export { parseMasterKeys, type MasterKey, type MasterKeys } from './parse-master-keys.ts'
export type { ProviderKeyChange, ProviderKeyQuery, ProviderKeyStore } from './provider-key-store.ts'
export type { KeyLevel, KeyOwner, KeyRejection, ProviderKey, RejectionReason } from './provider-key.ts'
export {
  rotateMasterKey,
  type MasterKeyRotation,
  type RotationProgress,
  type SealedRecordStore,
} from './rotate-master-key.ts'
export { scopeAllows, type ScopedUse } from './scope-allows.ts'
export { Secret } from './secret.ts'
export { UnknownAliasError } from './unknown-alias-error.ts'
export { VaultError, type VaultErrorCode } from './vault-error.ts'
export type { BytesContext, SealContext, SealedBytes, SealedSecret, Vault } from './vault.ts'
