import { parseObject, type JsonObject } from '@gw/adapters'
import { createKeyResolver, createMemoryKeyStore, createVault, parseMasterKeys, type Vault } from '@gw/keys'
import { expect } from 'vitest'
import { startMemoryGateway } from '../../__fixtures__/memory-gateway.ts'
import { createMemoryServices } from '../../create-memory-services.ts'
import { createMemoryAlertEventStore } from '../../alerts/create-memory-alert-event-store.ts'
import type { Deps } from '../../deps.ts'
import { createMemoryGatewayStore } from '../../gateways/create-memory-gateway-store.ts'
import { createMemoryLogStore } from '../../logs/create-memory-log-store.ts'
import { createAccountStore } from '../../people/account-store.ts'
import { createMemoryTierStore, seedTiers } from '../../people/create-memory-tier-store.ts'
import type { ControlPlane } from '../control-plane.ts'

const random = (bytes: Uint8Array<ArrayBuffer>): void => void crypto.getRandomValues(bytes)

/** A vault whose master keys are 32 equal bytes each; the first seals. */
export function vaultOf(byte: number, ...previous: number[]): Vault {
  const textOf = (one: number): string => Buffer.alloc(32, one).toString('base64')
  const masterKeys = parseMasterKeys(textOf(byte), previous.map(textOf).join(','))
  if (!masterKeys) throw new Error('There is a master key.')
  return createVault({ masterKeys, random })
}

export interface Start {
  control?: Partial<ControlPlane>
  deps?: Partial<Deps>
  env?: Record<string, string>
  upstream?: (request: Request) => Promise<Response>
}

export interface Answered {
  status: number
  /** Empty where the answer is no JSON object. */
  body: JsonObject
  text: string
}

/** 2026-11-18 11:06:40 UTC, the clock of the memory gateway. */
export const now = 1_795_000_000_000

/** A gateway in memory whose control plane is complete, and a way to call it with the admin key. */
export async function startAdmin({ control: changed = {}, deps = {}, env = {}, upstream }: Start = {}) {
  const money = createMemoryServices({ now: () => now })
  const vault = vaultOf(1)
  const tiers = createMemoryTierStore(seedTiers, async (id) => id === 'BUSINESS')
  const alertEvents = createMemoryAlertEventStore()
  const control: ControlPlane = { ...money.control, vault, tiers, alertEvents, ...changed }
  const logs = createMemoryLogStore()
  const all: Partial<Deps> = {
    control,
    logs,
    ledgers: money.ledgers,
    permits: money.permits,
    keys: createMemoryKeyStore(),
    gateways: createMemoryGatewayStore([{ orgId: 'default', id: 'default', settings: {} }]),
    accounts: createAccountStore({ ...control, now: () => now }),
    keyResolver: createKeyResolver({
      store: control.providerKeys,
      vault: control.vault,
      env,
      now: () => now,
      random,
    }),
    ...deps,
  }
  const gateway = await startMemoryGateway(upstream ?? (async () => Response.json({})), all)
  const call = async (method: string, path: string, body?: unknown): Promise<Answered> => {
    const response = await gateway.app.request(path.startsWith('/') ? path : `/api/${path}`, {
      method,
      headers: { authorization: 'Bearer admin', 'content-type': 'application/json' },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: parseObject(text) ?? {}, text }
  }
  return {
    ...gateway,
    control,
    logs,
    ledgers: money.ledgers,
    alertEvents,
    call,
    get: (path: string) => call('GET', path),
    post: (path: string, body?: unknown) => call('POST', path, body),
    patch: (path: string, body?: unknown) => call('PATCH', path, body),
    put: (path: string, body?: unknown) => call('PUT', path, body),
    remove: (path: string) => call('DELETE', path),
    /** A user of an organisation. */
    addUser: async (orgId = 'default', email = 'ann@example.com'): Promise<string> =>
      fieldOf(await call('POST', 'users', { email, org_id: orgId })),
  }
}

/** A field of an answer that is a text, such as its id. */
export function fieldOf({ body, text }: Answered, name = 'id'): string {
  const field = body[name]
  if (typeof field === 'string') return field
  throw new Error(`The answer has no ${name}: ${text}`)
}

/** An error of the control plane, as a test expects it. */
export function refused(status: number, code: string, words: string): object {
  return { status, body: { error: { code, message: expect.stringContaining(words) } } }
}
