/** The test functions that a contract needs, as vitest, Jest and node:test have them. */
export interface TestRunner {
  test(title: string, run: () => Promise<void>): void
  expect(actual: unknown): { toEqual(expected: unknown): void; toBe(expected: unknown): void }
}
