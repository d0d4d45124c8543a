import { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { ledgerName } from '../ledger/ledger-name.ts'
import { accountOf, neuronCounter } from '../limits/neuron-counter.ts'
import { dayOf } from './day-of.ts'
import { readCounters } from './read-counters.ts'

/** Today's free neurons of Workers AI, of the whole gateway. */
export function neuronRoutes(deps: Deps): Hono {
  const app = new Hono()
  app.get('/neurons', async (c) => {
    const ledger = deps.ledgers.open(ledgerName.neurons(accountOf(deps)))
    const [state] = (await readCounters(ledger, [neuronCounter(deps, true)])) ?? []
    const day = { limit: deps.neuronsPerDay, resets_at: dayOf(deps.now()).to }
    if (!state) {
      const warning = 'What is used cannot be read just now. Try again in a few seconds.'
      return c.json({ used: null, reserved: null, left: null, ...day, warning })
    }
    const { used, held, remaining } = state
    return c.json({ used: (used - held) / 1000, reserved: held / 1000, left: remaining / 1000, ...day })
  })
  return app
}
