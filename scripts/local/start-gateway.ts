import { registry } from '@gw/adapters/registry'
import { createGatewayKeySecret, hashGatewayKey, parseMasterKeys } from '@gw/keys'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { bundleDashboard } from './bundle-dashboard.ts'
import { bundleWorker } from './bundle-worker.ts'
import { migrate } from './migrate.ts'
import { runCrons } from './run-crons.ts'

export interface GatewayOptions {
  /** 0 picks a free one. */
  port: number
  /** Folder for the databases; `undefined` keeps nothing. */
  state: string | undefined
  adminKey: string
  /** Provider id or `*` → URL that replaces its origin. */
  upstreams: Readonly<Record<string, string>>
  /** Further OpenAI-compatible providers. */
  providers?: readonly { id: string; baseURL: string; keyless?: boolean; pricedAs?: string }[]
  env: Readonly<Record<string, string | undefined>>
  /** Answers say how long the database took for them. */
  measures?: boolean
}

export interface RunningGateway {
  url: string
  /** The gateway key that was made because the database had none. */
  key: string | undefined
  stop(): Promise<void>
}

interface WranglerConfig {
  compatibility_date: string
  compatibility_flags: string[]
  triggers: { crons: string[] }
  durable_objects: { bindings: { name: string; class_name: string }[] }
  queues: {
    consumers: {
      queue: string
      max_batch_size: number
      max_batch_timeout: number
      max_retries: number
      retry_delay: number
    }[]
  }
}

/** The local queue holds rows in memory for up to a second before it delivers them. */
const flushMs = 1200

const worker = fileURLToPath(new URL('../../apps/worker/', import.meta.url))

/** Starts the Worker's production bundle under workerd, with local D1, queue and Durable Objects. */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  // A wrong master key is told here, and not to the first caller.
  parseMasterKeys(options.env['GW_MASTER_KEY'], options.env['GW_MASTER_KEY_PREVIOUS'])
  const [scriptPath, pages] = await Promise.all([bundleWorker(options.measures ? 'measure' : 'src'), bundleDashboard()])
  const config: WranglerConfig = JSON.parse(await readFile(`${worker}wrangler.jsonc`, 'utf8'))
  const [consumer] = config.queues.consumers
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: options.port,
      cf: false,
      name: 'gw',
      modules: true,
      scriptPath,
      modulesRoot: `${worker}dist`,
      compatibilityDate: config.compatibility_date,
      compatibilityFlags: config.compatibility_flags,
      bindings: variablesOf(options),
      assets: {
        directory: pages,
        binding: 'ASSETS',
        routerConfig: { invoke_user_worker_ahead_of_assets: true, has_user_worker: true },
      },
      d1Databases: { DB: 'gw' },
      r2Buckets: { BODIES: 'gw-bodies' },
      queueProducers: { LOGS: 'gw-logs' },
      queueConsumers: {
        'gw-logs': {
          maxBatchSize: consumer?.max_batch_size ?? 100,
          maxBatchTimeout: consumer?.max_batch_timeout ?? 1,
          maxRetries: consumer?.max_retries ?? 10,
          retryDelay: consumer?.retry_delay ?? 5,
        },
      },
      durableObjects: Object.fromEntries(
        config.durable_objects.bindings.map(({ name, class_name: className }) => [
          name,
          { className, useSQLite: true },
        ]),
      ),
      ...(options.state !== undefined && { resourcePersistencePath: resolve(options.state) }),
    }),
  )
  const url = await miniflare.ready
  const database = await miniflare.getD1Database('DB')
  await migrate(database)
  const known = await database.prepare('SELECT id FROM gateway_keys LIMIT 1').all()
  const key = known.results.length === 0 ? await addKey(database) : undefined
  const gateway = await miniflare.getWorker()
  const stopCrons = runCrons(config.triggers.crons, (cron) => gateway.scheduled({ cron }))
  const stop = async (): Promise<void> => {
    stopCrons()
    await setTimeout(flushMs)
    await miniflare.dispose()
  }
  return { url: url.origin, key, stop }
}

/** Provider keys of the environment, and what the options say. */
function variablesOf({ adminKey, upstreams, providers = [], env }: GatewayOptions): Record<string, string> {
  const names = [
    ...registry.flatMap(({ envKeys, envSets = [] }) => [...envKeys, ...envSets.flat()]),
    'CLOUDFLARE_ACCOUNT_ID',
    'GOOGLE_VERTEX_PROJECT',
    'GOOGLE_CLOUD_PROJECT',
    'GOOGLE_VERTEX_LOCATION',
    'GOOGLE_CLOUD_LOCATION',
    'AWS_REGION',
    'AWS_DEFAULT_REGION',
    'GW_MASTER_KEY',
    'GW_MASTER_KEY_PREVIOUS',
    'GW_ALLOW_PRIVATE_UPSTREAMS',
    'GW_PROVIDERS',
    'GW_PUBLIC_URL',
    'GW_RUN_TTL_SECONDS',
    'GW_RESPONSE_TTL_SECONDS',
    'GW_NEURONS_PER_DAY',
    'GW_OTEL_SEMCONV',
    'GW_LOG_RETENTION_DAYS',
  ]
  const given = names.flatMap((name) => (env[name] ? [[name, env[name]]] : []))
  const hasUpstreams = Object.keys(upstreams).length > 0
  return {
    ...Object.fromEntries(given),
    GW_ADMIN_KEY: adminKey,
    ...(hasUpstreams && { GW_UPSTREAMS: JSON.stringify(upstreams), GW_ALLOW_PRIVATE_UPSTREAMS: '1' }),
    ...(providers.length > 0 && { GW_PROVIDERS: JSON.stringify(providers), GW_ALLOW_PRIVATE_UPSTREAMS: '1' }),
  }
}

interface KeyDatabase {
  prepare(sql: string): { bind(...values: unknown[]): { run(): Promise<unknown> } }
}

async function addKey(database: KeyDatabase): Promise<string> {
  const secret = createGatewayKeySecret((bytes) => void crypto.getRandomValues(bytes))
  await database
    .prepare('INSERT INTO gateway_keys (id, org_id, name, hash, last_four, created_at) VALUES (?, ?, ?, ?, ?, ?)')
    .bind(crypto.randomUUID(), 'default', 'local', await hashGatewayKey(secret), secret.slice(-4), Date.now())
    .run()
  return secret
}
