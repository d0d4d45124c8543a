export { testKeyStore } from './test-key-store.ts'
export { testProviderKeyStore } from './test-provider-key-store.ts'
export type { TestRunner } from './test-runner.ts'
