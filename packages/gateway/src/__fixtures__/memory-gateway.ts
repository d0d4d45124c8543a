import { builtinProviders, createProviders } from '@gw/adapters'
import { createGatewayKey, createKeyResolver, createMemoryKeyStore } from '@gw/keys'
import type { AlertEvent } from '../alerts/alert-event.ts'
import { createGateway } from '../create-gateway.ts'
import { createMemoryServices } from '../create-memory-services.ts'
import { createIdFactory } from '../create-id-factory.ts'
import type { Deps } from '../deps.ts'
import { createMemoryGatewayStore } from '../gateways/create-memory-gateway-store.ts'
import { createMemoryLogStore } from '../logs/create-memory-log-store.ts'
import type { LogRecord } from '../logs/log-record.ts'
import { createMemoryTextStore } from '../responses/create-memory-text-store.ts'
import { createResponseStore } from '../responses/create-response-store.ts'

const upstreamKeys = {
  OPENAI_API_KEY: 'sk',
  ANTHROPIC_API_KEY: 'sk',
  GEMINI_API_KEY: 'sk',
  MISTRAL_API_KEY: 'sk',
  COHERE_API_KEY: 'sk',
  REPLICATE_API_TOKEN: 'sk',
  PERPLEXITY_API_KEY: 'sk',
  GROQ_API_KEY: 'sk',
  CLOUDFLARE_API_TOKEN: 'sk',
  AWS_ACCESS_KEY_ID: 'AKIAENVAWSBEDROCK000',
  AWS_SECRET_ACCESS_KEY: 'env/aws-bedrock+secret',
  AWS_REGION: 'eu-central-1',
}

const now = (): number => 1_795_000_000_000
const random = (bytes: Uint8Array<ArrayBuffer>): void => void crypto.getRandomValues(bytes)

/** A gateway with everything in memory, whose key is `gw_test`. */
export async function startMemoryGateway(fetch: (request: Request) => Promise<Response>, change: Partial<Deps> = {}) {
  const rows: LogRecord[] = []
  const reports: unknown[] = []
  const waiting = new Set<() => void>()
  const key = await createGatewayKey({ id: 'k', orgId: 'default', secret: 'gw_test' })
  const createId = createIdFactory(now, random)
  const alerts: AlertEvent[] = []
  const app = createGateway({
    providers: createProviders(builtinProviders),
    keys: createMemoryKeyStore([key]),
    gateways: createMemoryGatewayStore([{ orgId: 'default', id: 'default', settings: {} }]),
    ...createMemoryServices({ now: change.now ?? now }),
    alert: async (event) => void alerts.push(event),
    keyResolver: createKeyResolver({ env: upstreamKeys, now, random }),
    recordLog: async (record) => {
      rows.push(record)
      for (const look of waiting) look()
    },
    responses: createResponseStore(createMemoryTextStore({ ttlMs: 60_000, now })),
    logs: createMemoryLogStore(),
    report: (error) => void reports.push(error),
    fetch,
    now,
    sleep: async () => undefined,
    createId,
    random,
    variables: { account: 'acc' },
    allowPrivateUpstreams: true,
    maxBodyBytes: 1_000_000,
    adminKey: 'admin',
    limits: { firstByteMs: 1000, idleMs: 1000, answerBytes: 1_000_000, drainMs: 0, drainBytes: 0 },
    ...change,
  })
  /** Ends when there are that many rows. */
  const rowsReach = (count: number): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (rows.length < count) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    })
  return { app, rows, rowsReach, reports, alerts }
}
