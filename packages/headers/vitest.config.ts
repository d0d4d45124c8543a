import { defineConfig } from 'vitest/config'

export default defineConfig({ test: { name: 'headers', include: ['src/**/*.test.ts'] } })
