import { defineConfig } from 'vitest/config'

export default defineConfig({ test: { name: 'ai-sdk-provider', include: ['src/**/*.test.ts'] } })
