import { createAdminClient } from './local/admin-client.ts'
import { parseCommand } from './local/parse-command.ts'

const usage = `Usage: pnpm rotate-master-key [--url U] [--admin-key K]

Wraps every stored provider key with the gateway's current GW_MASTER_KEY. Before it, set GW_MASTER_KEY to the new key and
GW_MASTER_KEY_PREVIOUS to the old one. It may be stopped and started again at any time.`

interface Progress {
  rewrapped: number
  remaining: number
  unreadable: string[]
}

const { post } = createAdminClient(parseCommand({ usage }))

/** Keys that somebody changes meanwhile are found by the next step; more steps than that without any progress are none. */
const mostIdleSteps = 5

const { total, unreadable, remaining } = await rotate()
if (remaining === 0) {
  console.log(`Done: ${total} provider keys have the new master key, and none another. GW_MASTER_KEY_PREVIOUS can go.`)
} else if (remaining === unreadable.length) {
  console.error(
    `${total} provider keys have the new master key; ${unreadable.length} cannot be opened: ${unreadable.join(', ')}. ` +
      'Put the master key that they were stored with into GW_MASTER_KEY_PREVIOUS and run this again, ' +
      'or enter them anew: PATCH /api/provider-keys/{id} with `key`.',
  )
  process.exit(1)
} else {
  console.error(`${remaining} provider keys are still to do and change all the time. Run this again.`)
  process.exit(1)
}

async function rotate(): Promise<Progress & { total: number }> {
  for (let total = 0, idleSteps = 0; ;) {
    const progress = await post<Progress>('master-key/rotate', { limit: 100 })
    total += progress.rewrapped
    idleSteps = progress.rewrapped > 0 ? 0 : idleSteps + 1
    console.log(`${total} rewrapped, ${progress.remaining} remaining`)
    const isDone = progress.remaining === progress.unreadable.length
    if (isDone || idleSteps >= mostIdleSteps) return { ...progress, total }
  }
}
