import { builtinProviders, createProviders } from '@gw/adapters'
import {
  createAccessVerifier,
  createAccountStore,
  createBodies,
  createHealth,
  createIdFactory,
  createPermits,
  createResponseStore,
  createRoutingMemory,
  LedgerUnavailable,
  TelemetryError,
  type Deps,
} from '@gw/gateway'
import { createKeyResolver, createVault, parseMasterKeys, VaultError } from '@gw/keys'
import { createAlerting } from './create-alerting.ts'
import { createBodyStore } from './create-body-store.ts'
import { createCache } from './create-cache.ts'
import { createHealthBoard } from './create-health-board.ts'
import { createLedgers } from './create-ledgers.ts'
import { createRuns } from './create-runs.ts'
import { createStores } from './create-stores.ts'
import { createTextStore } from './create-text-store.ts'
import type { Env } from './env.ts'
import { readNeuronsPerDay, readProviders, readUpstreamRewrite, readVariables } from './read-config.ts'
import { recordLog } from './record-log.ts'

/** Connects a gateway to Cloudflare's products. */
export function createDeps(env: Env): Deps {
  const now = (): number => Date.now()
  const random = (bytes: Uint8Array<ArrayBuffer>): void => void crypto.getRandomValues(bytes)
  const stores = createStores(env.DB, now)
  const { keys, gateways, dynamicRoutes, logs, ...control } = stores
  const masterKeys = parseMasterKeys(env.GW_MASTER_KEY, env.GW_MASTER_KEY_PREVIOUS)
  const vault = masterKeys && createVault({ masterKeys, random })
  const ledgers = createLedgers(env)
  const rewriteUpstream = readUpstreamRewrite(env)
  return {
    providers: createProviders([...builtinProviders, ...readProviders(env)]),
    keys,
    gateways,
    dynamicRoutes,
    keyResolver: createKeyResolver({
      store: stores.providerKeys,
      vault,
      env: { ...env },
      now,
      random,
      report: (error) => report(error, 'keys'),
    }),
    accounts: createAccountStore({ ...control, now }),
    ledgers,
    permits: createPermits({ ledgers, now }),
    health: createHealth({ board: createHealthBoard(env), now }),
    routingMemory: createRoutingMemory(),
    neuronsPerDay: readNeuronsPerDay(env),
    ...createAlerting(env, stores.alertEvents, (error) => report(error, 'alerts')),
    recordLog: (record) => recordLog(record, env),
    cache: createCache(env, vault),
    runs: createRuns(env),
    responses: createResponseStore(createTextStore(env)),
    ...(env.GW_PUBLIC_URL && { publicUrl: env.GW_PUBLIC_URL.replace(/\/+$/, '') }),
    logs,
    ...(env.BODIES && { bodies: createBodies({ store: createBodyStore(env.BODIES), vault }) }),
    report,
    fetch: (request) => fetch(request),
    now,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    createId: createIdFactory(now, random),
    random,
    variables: readVariables(env, rewriteUpstream ? 'local' : ''),
    ...(rewriteUpstream && { rewriteUpstream }),
    allowPrivateUpstreams: env.GW_ALLOW_PRIVATE_UPSTREAMS === '1',
    maxBodyBytes: 32 * 1024 * 1024,
    adminKey: env.GW_ADMIN_KEY,
    ...verifierOf(env, now),
    control: { ...control, vault },
    limits: {
      firstByteMs: 600_000,
      idleMs: 300_000,
      answerBytes: 64 * 1024 * 1024,
      drainMs: 25_000,
      drainBytes: 4 * 1024 * 1024,
    },
  }
}

/** Both variables go together. @throws Error naming the one that is missing */
function verifierOf({ GW_ACCESS_TEAM_URL: teamUrl, GW_ACCESS_AUDIENCE: audience }: Env, now: () => number) {
  if (!teamUrl && !audience) return {}
  if (!teamUrl || !audience) throw new Error('GW_ACCESS_TEAM_URL and GW_ACCESS_AUDIENCE go together: set both or none.')
  return { verifyAccess: createAccessVerifier({ teamUrl, audience, now, fetch: (request) => fetch(request) }) }
}

function report(error: unknown, logId: string): void {
  console.error(JSON.stringify({ level: 'error', log_id: logId, error: describe(error) })) // oxlint-disable-line no-console -- Workers Logs reads the console
}

/** Name and stack; messages of errors that nobody foresaw may quote what a caller sent. Our own quote nobody. */
function describe(error: unknown): string {
  const isOurs = [VaultError, LedgerUnavailable, TelemetryError].some((type) => error instanceof type)
  if (isOurs && error instanceof Error) return `${error.name}: ${error.message}`
  return error instanceof Error ? `${error.name}\n${error.stack?.split('\n').slice(1).join('\n') ?? ''}` : typeof error
}
