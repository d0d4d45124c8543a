import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { name: 'workers-ai-delegate', include: ['src/**/*.test.ts'], setupFiles: ['src/__fixtures__/quiet.ts'] },
})
