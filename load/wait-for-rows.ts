import type { AdminApi } from './cast/admin-api.ts'
import type { Prepared } from './cast/set-up-cast.ts'
import type { Sent } from './clients/run-clients.ts'
import type { UsageTotals } from './audit/evidence.ts'

/** When every request has its row, this long passes for one too many, ms. */
const settledMs = 2_000
/** With nothing new for so long, it is looked at who is missing, ms. */
const lookMs = 4_000
/** An answer is heard to its end for 25 s after its client has left, and its row takes a second or two. */
const quietMs = 30_000
const everyMs = 400
const hourMs = 3_600_000

export interface WaitOptions {
  api: AdminApi
  prepared: Prepared
  sent: readonly Sent[]
  startedAt: number
  /** Ms since the epoch. */
  until: number
  /** Whether all rows that are owed are there. */
  hasAllOwed(): Promise<boolean>
}

/** Waits until every row that is owed has arrived and no more come, within bounds. @returns the roll-ups of the organisations. */
export async function waitForRows(options: WaitOptions): Promise<Map<string, UsageTotals>> {
  const { sent, until, hasAllOwed } = options
  const known = sent.filter(({ caller }) => caller.keyId !== undefined).length
  let count = -1
  let since = Date.now()
  let lookAt = lookMs
  for (;;) {
    const usage = await readUsage(options)
    const rows = [...usage.values()].reduce((sum, { requests }) => sum + requests, 0)
    if (rows !== count) [count, since, lookAt] = [rows, Date.now(), lookMs]
    const quiet = Date.now() - since
    if (rows >= known && quiet > settledMs) return usage
    if (quiet > quietMs || Date.now() > until) return usage
    if (quiet > lookAt) {
      if (await hasAllOwed()) return usage
      lookAt += lookMs
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}

async function readUsage({ api, prepared, startedAt }: WaitOptions): Promise<Map<string, UsageTotals>> {
  const times = `from=${startedAt - hourMs}&to=${Date.now() + hourMs}`
  const read = async (org: string): Promise<[string, UsageTotals]> => [
    org,
    await api.get<UsageTotals>(`/usage?org_id=${org}&${times}`),
  ]
  return new Map(await Promise.all(prepared.orgs.map(read)))
}
