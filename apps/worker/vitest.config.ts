import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { writeDist } from '../../scripts/local/bundle-dashboard.ts'

const migrations = fileURLToPath(new URL('../../packages/gateway/migrations', import.meta.url))

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [
          cloudflareTest(async () => ({
            main: './src/index.ts',
            wrangler: { configPath: await configWithPages() },
            miniflare: {
              cf: false,
              r2Buckets: { BODIES: 'gw-bodies', LOG_BUCKET: 'gw-log-push' },
              queueConsumers: { 'gw-logs': { maxBatchTimeout: 0.02 } },
              bindings: {
                MIGRATIONS: await readD1Migrations(migrations),
                GW_ADMIN_KEY: 'admin-key',
                GW_MASTER_KEY: Buffer.alloc(32, 9).toString('base64'),
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

/** The configuration names the folder of the dashboard's files, which must be there. */
async function configWithPages(): Promise<string> {
  await writeDist()
  return './wrangler.jsonc'
}
