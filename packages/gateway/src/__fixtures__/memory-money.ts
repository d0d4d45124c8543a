import { createMemoryProviderKeyStore } from '@gw/keys'
import type { AlertEvent } from '../alerts/alert-event.ts'
import { createMemoryAlertEventStore } from '../alerts/create-memory-alert-event-store.ts'
import { createMemoryBudgetStore } from '../budgets/create-memory-budget-store.ts'
import type { Deps } from '../deps.ts'
import { createMemoryLedgers } from '../ledger/create-memory-ledgers.ts'
import { createPermits } from '../ledger/create-permits.ts'
import { createMemoryPriceStore } from '../money/create-memory-price-store.ts'
import { createMemoryAccountStore } from '../people/create-memory-account-store.ts'
import { createMemoryMembershipStore } from '../people/create-memory-membership-store.ts'
import { createMemoryOrgStore } from '../people/create-memory-org-store.ts'
import { createMemoryTierStore } from '../people/create-memory-tier-store.ts'
import { createMemoryUserStore } from '../people/create-memory-user-store.ts'

type Money = Pick<Deps, 'accounts' | 'ledgers' | 'permits' | 'neuronsPerDay' | 'alert' | 'control'>

/** Limits, budgets and people of a gateway that has none yet, in memory; and what it alerted of. */
export function memoryMoney(now: () => number): Money & { alerts: AlertEvent[] } {
  const ledgers = createMemoryLedgers({ now })
  const alerts: AlertEvent[] = []
  return {
    accounts: createMemoryAccountStore(),
    ledgers,
    permits: createPermits({ ledgers, now }),
    neuronsPerDay: 10_000,
    alert: async (event) => void alerts.push(event),
    alerts,
    control: {
      orgs: createMemoryOrgStore(),
      users: createMemoryUserStore(),
      memberships: createMemoryMembershipStore(),
      tiers: createMemoryTierStore(),
      providerKeys: createMemoryProviderKeyStore(),
      vault: undefined,
      budgets: createMemoryBudgetStore(),
      prices: createMemoryPriceStore(),
      alertEvents: createMemoryAlertEventStore(),
      usage: {
        totals: async () => ({
          requests: 0,
          unchecked: 0,
          unpriced: 0,
          input_tokens: 0,
          output_tokens: 0,
          cost_nano_usd: 0,
          charged_nano_usd: 0,
          milli_neurons: 0,
        }),
      },
    },
  }
}
