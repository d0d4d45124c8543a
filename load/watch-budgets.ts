import type { AdminApi } from './cast/admin-api.ts'
import type { MadeBudget } from './cast/set-up-cast.ts'
import type { BudgetState, CountedBudget } from './audit/evidence.ts'

interface Listed {
  data: { id: string; state: BudgetState | null }[]
}

const everyMs = 400

/** Looks at budgets while requests run. */
export interface BudgetWatch {
  /** Looks until every request has settled or the time has passed, ms since the epoch; then no more. */
  settle(until: number): Promise<CountedBudget[]>
  stop(): void
}

/** Looks at how budgets stand again and again, and keeps the most that was spent and held at once. */
export function watchBudgets(budgets: readonly MadeBudget[], api: AdminApi): BudgetWatch {
  const orgs = [...new Set(budgets.map(({ org }) => org))]
  const counted = new Map<string, CountedBudget>()
  const stopped = new AbortController()
  const look = async (): Promise<void> => {
    for (const org of orgs) {
      const { data } = await api.get<Listed>(`/budgets?org_id=${org}`)
      for (const { id, state } of data) {
        const budget = budgets.find((one) => one.id === id)
        if (!budget || !state) continue
        const { mostNanoUsd = 0, looks = 0 } = counted.get(id) ?? {}
        const now = state.spent_nano_usd + state.reserved_nano_usd
        counted.set(id, { ...budget, state, mostNanoUsd: Math.max(mostNanoUsd, now), looks: looks + 1 })
      }
    }
  }
  const watching = (async () => {
    while (!stopped.signal.aborted) {
      // A gateway that is busy may not answer; what it says at the end counts.
      await look().catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, everyMs))
    }
  })()
  return {
    stop: () => stopped.abort(),
    settle: async (until) => {
      stopped.abort()
      await watching
      for (await look(); isHeld(counted) && Date.now() < until; await look()) {
        await new Promise((resolve) => setTimeout(resolve, everyMs))
      }
      return [...counted.values()]
    },
  }
}

const isHeld = (counted: ReadonlyMap<string, CountedBudget>): boolean =>
  [...counted.values()].some(({ state }) => state.reserved_nano_usd > 0)
