/** How long a lead lasts that is not renewed, ms. */
export const leaseMs = 6000

/** How a wait ends: with the lead, with an answer to read, or with neither in time. */
export type WaitEnd = 'lead' | 'kept' | 'late'

/** Who of those that want the same answer gets it: one leads, the others wait. */
export interface Turns {
  /** Takes the lead. False where another has it. */
  take(turn: string): boolean
  /** Waits for the lead or an answer. */
  wait(turn: string, waitMs: number): Promise<WaitEnd>
  renew(turn: string): void
  holds(turn: string): boolean
  /** Gives the lead to the next, or leaves the queue. */
  leave(turn: string): void
  /** There is an answer. */
  settle(): void
  /** Takes the lead from whoever has it. */
  revoke(): void
  /** Nobody leads or waits. */
  isIdle(): boolean
}

/** The queue for one answer. */
export function createTurns({ now }: { now(): number }): Turns {
  const waiting = new Map<string, (end: WaitEnd) => void>()
  let leader: { turn: string; until: number } | undefined
  let watch: ReturnType<typeof setTimeout> | undefined

  const isLed = (): boolean => leader !== undefined && leader.until > now()
  const lead = (turn: string): void => void (leader = { turn, until: now() + leaseMs })
  const end = (turn: string, how: WaitEnd): void => {
    const resolve = waiting.get(turn)
    waiting.delete(turn)
    resolve?.(how)
  }
  /** While somebody waits, a lead that lapses goes on. */
  const look = (): void => {
    if (watch !== undefined) clearTimeout(watch)
    watch = undefined
    if (waiting.size === 0 || leader === undefined) return
    watch = setTimeout(() => (isLed() ? look() : pass()), Math.max(1, leader.until - now()))
  }
  const pass = (): void => {
    leader = undefined
    const [next] = waiting.keys()
    if (next !== undefined) {
      lead(next)
      end(next, 'lead')
    }
    look()
  }
  const take = (turn: string): boolean => {
    if (isLed()) return leader?.turn === turn
    lead(turn)
    return true
  }

  return {
    take,
    wait: async (turn, waitMs) => {
      if (take(turn)) return 'lead'
      const ended = new Promise<WaitEnd>((resolve) => waiting.set(turn, resolve))
      look()
      const limit = setTimeout(() => end(turn, 'late'), waitMs)
      const how = await ended
      clearTimeout(limit)
      return how
    },
    renew: (turn) => {
      if (leader?.turn === turn) lead(turn)
    },
    holds: (turn) => leader?.turn === turn,
    leave: (turn) => {
      if (leader?.turn === turn) return pass()
      end(turn, 'late')
    },
    settle: () => {
      leader = undefined
      for (const turn of waiting.keys()) end(turn, 'kept')
      look()
    },
    revoke: () => pass(),
    isIdle: () => !isLed() && waiting.size === 0,
  }
}
