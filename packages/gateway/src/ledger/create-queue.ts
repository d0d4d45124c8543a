/** Requests that wait for something, first come first served, each no longer than its patience. */
export interface WaitingQueue<Need, Outcome> {
  /** Rejects when patience ends. */
  wait(need: Need): Promise<Outcome>
  /** The first in the queue who needs such, by default anything, and who leaves it. */
  shift(isSuch?: (need: Need) => boolean): Waiter<Need, Outcome> | undefined
  needs(): Need[]
}

export interface Waiter<Need, Outcome> {
  need: Need
  resolve(outcome: Outcome): void
  reject(error: unknown): void
}

/** Runs something after some ms, and returns what prevents that. */
export type StartTimer = (ms: number, run: () => void) => () => void

export interface QueueOptions {
  patienceMs: number
  startTimer: StartTimer
  /** The error for somebody whose patience ended. */
  onImpatience(): Error
}

export function createQueue<Need, Outcome>(options: QueueOptions): WaitingQueue<Need, Outcome> {
  const { patienceMs, startTimer, onImpatience } = options
  const waiters = new Set<Waiter<Need, Outcome>>()
  return {
    wait: async (need) => {
      const timer = { stop: (): void => undefined }
      try {
        return await new Promise<Outcome>((resolve, reject) => {
          const waiter = { need, resolve, reject }
          waiters.add(waiter)
          timer.stop = startTimer(patienceMs, () => {
            waiters.delete(waiter)
            reject(onImpatience())
          })
        })
      } finally {
        timer.stop()
      }
    },
    shift: (isSuch = () => true) => {
      for (const waiter of waiters) {
        if (!isSuch(waiter.need)) continue
        waiters.delete(waiter)
        return waiter
      }
      return undefined
    },
    needs: () => Array.from(waiters, ({ need }) => need),
  }
}
