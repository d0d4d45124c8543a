import { retryDelayMs, type RetryPolicy } from '@gw/router'
import type { DayRequest } from '../day/create-requests.ts'
import { createWorld } from '../world/create-world.ts'
import type { Target } from '../world/target.ts'
import { createAgenda } from './agenda.ts'
import type { Played, Policy } from './policy.ts'

/** What clients do by themselves: two retries. */
const policy: RetryPolicy = { maxAttempts: 3, retryDelayMs: 500, backoff: 'exponential' }

const mayPass: ReadonlySet<string> = new Set(['rate_limit', 'timeout', 'upstream_error'])

/** One target for each request, chosen without a look at anything that happens, and two retries. */
export function unrouted(name: string, choose: (request: DayRequest, seed: string) => Target): Policy {
  return {
    name,
    play({ seed, requests }) {
      const agenda = createAgenda()
      const call = createWorld()
      const played: Played[] = []
      const attempt = (request: DayRequest, number: number) => (at: number) => {
        const target = choose(request, seed)
        const called = call({ target, request, at, attempt: number })
        const past = at - request.at
        if (called.ok) {
          const { usd, ttftMs, durationMs } = called
          const { quality } = target
          played.push({ ok: true, fallbacks: 0, usd, quality, ttftMs: past + ttftMs, durationMs: past + durationMs })
          return
        }
        const failed = { attempt: number, canRetry: mayPass.has(called.type), retryAfterMs: called.retryAfterMs ?? 0 }
        const delayMs = retryDelayMs(policy, failed)
        const endsAt = past + called.durationMs
        if (delayMs !== undefined) {
          agenda.add(at + called.durationMs + delayMs, attempt(request, number + 1))
          return
        }
        played.push({ ok: false, fallbacks: 0, usd: 0, quality: 0, ttftMs: endsAt, durationMs: endsAt })
      }
      for (const request of requests) agenda.add(request.at, attempt(request, 1))
      agenda.run()
      return played
    },
  }
}
