import type { Evidence, UpstreamRecord } from './audit/evidence.ts'
import { excuseOf } from './audit/excuse-of.ts'
import { groupBy } from './audit/group-by.ts'
import { markOf } from './audit/mark-of.ts'
import { collectRows } from './collect-rows.ts'
import { waitForRows, type WaitOptions } from './wait-for-rows.ts'
import type { BudgetWatch } from './watch-budgets.ts'
import type { Targets } from './targets/targets.ts'

export interface CollectOptions extends Omit<WaitOptions, 'hasAllOwed'>, Pick<Evidence, 'cast' | 'secrets' | 'finder'> {
  targets: Targets
  watch: BudgetWatch
}

/** Waits until the gateway has written everything down, and asks it and its providers for all of it. */
export async function collectEvidence(
  options: CollectOptions,
): Promise<Omit<Evidence, 'rowsOf' | 'upstreamOf' | 'output'>> {
  const { api, prepared, cast, secrets, finder, sent, watch, startedAt, until, targets } = options
  const hasAllOwed = async (): Promise<boolean> => {
    const rowsOf = groupBy(await collectRows(prepared.orgs, api), ({ event_id }) => event_id)
    const upstreamOf = groupBy(await readUpstream(targets.upstream.url), (record) => markOf(record) ?? '')
    return sent.every(
      (one) => one.caller.keyId === undefined || rowsOf.has(one.planned.id) || excuseOf(one, upstreamOf) !== undefined,
    )
  }
  const usage = await waitForRows({ ...options, hasAllOwed })
  const budgets = await watch.settle(until)
  const rows = await collectRows(prepared.orgs, api)
  const { used: neuronsUsed } = await api.get<{ used: number }>('/neurons')
  const upstream = await readUpstream(targets.upstream.url)
  const isPastMidnight = dayOf(startedAt) !== dayOf(Date.now())
  return { cast, prepared, secrets, finder, sent, rows, usage, budgets, neuronsUsed, upstream, isPastMidnight }
}

const dayOf = (ms: number): number => Math.floor(ms / 86_400_000)

async function readUpstream(url: string): Promise<UpstreamRecord[]> {
  const response = await fetch(`${url}/__requests`)
  return JSON.parse(await response.text())
}
