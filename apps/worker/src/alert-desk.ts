import { createAlertDesk, type AlertDesk as Desk } from '@gw/gateway'
import { DurableObject } from 'cloudflare:workers'
import { createDeps } from './create-deps.ts'
import type { Env } from './env.ts'

/** The least time between two looks at the same rules, ms. */
const gapMs = 5000

/** After a look that failed, ms. */
const retryMs = 30_000

const desks = new WeakMap<Env, Desk>()

/**
 * Looks at the alert rules of one owner, one look at a time: soon after something happened, while something is open, and
 * when messages are due. What happens while it looks is seen by a further look.
 */
export class AlertDesk extends DurableObject<Env> {
  /** `null` is the operator. */
  async watch(orgId: string | null): Promise<void> {
    const { kv } = this.ctx.storage
    const now = Date.now()
    kv.put('owner', { orgId })
    kv.put('again', now + gapMs)
    await this.#wakeAt(Math.max(now, (kv.get<number>('looked') ?? 0) + gapMs))
  }

  override async alarm(): Promise<void> {
    const { kv } = this.ctx.storage
    const { orgId } = kv.get<{ orgId: string | null }>('owner') ?? { orgId: null }
    const startedAt = Date.now()
    kv.put('looked', startedAt)
    const nextAt = await this.#look(orgId)
    const again = kv.get<number>('again') ?? 0
    const times = [...(nextAt === undefined ? [] : [nextAt]), ...(again > startedAt ? [again] : [])]
    if (times.length > 0) await this.#wakeAt(Math.min(...times))
  }

  async #look(orgId: string | null): Promise<number | undefined> {
    try {
      return await deskOf(this.env).run(orgId)
    } catch (error) {
      createDeps(this.env).report(error, 'alerts')
      return Date.now() + retryMs
    }
  }

  async #wakeAt(at: number): Promise<void> {
    const known = await this.ctx.storage.getAlarm()
    if (known === null || known > at) await this.ctx.storage.setAlarm(at)
  }
}

function deskOf(env: Env): Desk {
  const known = desks.get(env)
  if (known) return known
  const { control, ...deps } = createDeps(env)
  const { alerts: stores, alertEvents: events, budgets, vault } = control
  const made = createAlertDesk({ ...deps, stores, events, budgets, vault })
  desks.set(env, made)
  return made
}
