import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const migrations = fileURLToPath(new URL('../../packages/gateway/migrations', import.meta.url))

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [
          cloudflareTest(async () => ({
            main: './src/index.ts',
            wrangler: { configPath: './wrangler.jsonc' },
            miniflare: {
              cf: false,
              queueConsumers: { 'gw-logs': { maxBatchTimeout: 0.02 } },
              bindings: {
                MIGRATIONS: await readD1Migrations(migrations),
                GW_ADMIN_KEY: 'admin-key',
                GW_UPSTREAMS: JSON.stringify({ '*': 'http://simulator.test/{provider}' }),
                GW_ALLOW_PRIVATE_UPSTREAMS: '1',
                CLOUDFLARE_ACCOUNT_ID: 'acc',
              },
            },
          })),
        ],
        test: { name: 'workerd', include: ['test/**/*.test.ts'], setupFiles: ['test/apply-migrations.ts'] },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          globalSetup: ['e2e/start-gateway.ts'],
          setupFiles: ['e2e/silence-ai-sdk.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
