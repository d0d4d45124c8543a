import type { AdminApi } from './cast/admin-api.ts'
import type { Prepared } from './cast/set-up-cast.ts'
import type { Sent } from './clients/run-clients.ts'
import type { UsageTotals } from './audit/evidence.ts'

/** An answer is heard to its end for 25 s after its client has left, and its row takes a second or two. */
const quietMs = 30_000
const settledMs = 2_000
const everyMs = 400
const hourMs = 3_600_000

export interface WaitOptions {
  api: AdminApi
  prepared: Prepared
  sent: readonly Sent[]
  startedAt: number
  /** Ms since the epoch. */
  until: number
}

/** Waits until every row that is owed has arrived and no more come, within bounds. @returns the roll-ups of the organisations. */
export async function waitForRows(options: WaitOptions): Promise<Map<string, UsageTotals>> {
  const { sent, until } = options
  const known = sent.filter(({ caller }) => caller.keyId !== undefined)
  const owed = known.filter(({ planned: { leave } }) => leave?.when !== 'unsent' && leave?.when !== 'unanswered').length
  let count = 0
  let since = Date.now()
  for (;;) {
    const usage = await readUsage(options)
    const rows = [...usage.values()].reduce((sum, { requests }) => sum + requests, 0)
    if (rows !== count) since = Date.now()
    count = rows
    const isDone = rows >= known.length && Date.now() - since > settledMs
    const isQuiet = Date.now() - since > (rows >= owed && rows === known.length ? settledMs : quietMs)
    if (isDone || isQuiet || Date.now() > until) return usage
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
