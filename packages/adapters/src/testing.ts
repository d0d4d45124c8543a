export { testProvider } from './testing/test-provider.ts'
export type { FixtureExpectation, ProviderFixture, TestRunner } from './testing/provider-fixture.ts'
