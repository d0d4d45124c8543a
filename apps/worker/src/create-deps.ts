import { builtinProviders, createProviders } from '@gw/adapters'
import {
  createCachedGatewayStore,
  createDbGatewayStore,
  createDbKeyStore,
  createDbLogStore,
  createIdFactory,
  createResponseStore,
  type Database,
  type Deps,
} from '@gw/gateway'
import { createCachedKeyStore, environmentLevel } from '@gw/keys'
import { Kysely } from 'kysely'
import { D1Dialect } from 'kysely-d1'
import type { Env } from './env.ts'
import { readProviders, readUpstreamRewrite, readVariables } from './read-config.ts'
import { createTextStore } from './create-text-store.ts'
import { createRuns } from './create-runs.ts'
import { recordLog } from './record-log.ts'

/** Connects a gateway to Cloudflare's products. */
export function createDeps(env: Env): Deps {
  const db = new Kysely<Database>({ dialect: new D1Dialect({ database: env.DB }) })
  const now = (): number => Date.now()
  const random = (bytes: Uint8Array<ArrayBuffer>): void => void crypto.getRandomValues(bytes)
  const rewriteUpstream = readUpstreamRewrite(env)
  return {
    providers: createProviders([...builtinProviders, ...readProviders(env)]),
    keys: createCachedKeyStore(createDbKeyStore(db), { now }),
    gateways: createCachedGatewayStore(createDbGatewayStore(db), { now }),
    secretLevels: [environmentLevel({ ...env })],
    recordLog: (record) => recordLog(record, env),
    runs: createRuns(env),
    responses: createResponseStore(createTextStore(env)),
    ...(env.GW_PUBLIC_URL && { publicUrl: env.GW_PUBLIC_URL.replace(/\/+$/, '') }),
    logs: createDbLogStore(db),
    report: (error, logId) => console.error(JSON.stringify({ level: 'error', log_id: logId, error: describe(error) })), // oxlint-disable-line no-console -- Workers Logs reads the console
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
    limits: {
      firstByteMs: 600_000,
      idleMs: 300_000,
      answerBytes: 64 * 1024 * 1024,
      drainMs: 25_000,
      drainBytes: 4 * 1024 * 1024,
    },
  }
}

/** Name and stack; messages of errors that nobody foresaw may quote what a caller sent. */
function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}\n${error.stack?.split('\n').slice(1).join('\n') ?? ''}` : typeof error
}
