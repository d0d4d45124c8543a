import { defineConfig } from 'vitest/config'

// Property tests take their time on a busy machine.
export default defineConfig({
  test: { name: 'adapters', include: ['{src,scripts,test}/**/*.test.ts'], testTimeout: 60_000 },
})
