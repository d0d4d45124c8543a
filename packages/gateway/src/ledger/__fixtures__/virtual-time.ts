import type { StartTimer } from '../create-queue.ts'

/** A clock that moves only when it is told to, and what waits for it. */
export interface VirtualTime {
  now(): number
  sleep(ms: number): Promise<void>
  startTimer: StartTimer
  /** Moves on, from one waiting thing to the next, until nothing waits or the time is over. */
  run(untilMs?: number): Promise<void>
}

export function createVirtualTime(start: number): VirtualTime {
  let now = start
  let waiting: { at: number; run: () => void }[] = []
  const startTimer: StartTimer = (ms, run) => {
    const entry = { at: now + ms, run }
    waiting.push(entry)
    return () => void (waiting = waiting.filter((other) => other !== entry))
  }
  /** Lets everything go on that can. */
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  return {
    now: () => now,
    startTimer,
    sleep: (ms) => new Promise((resolve) => void startTimer(ms, resolve)),
    run: async (untilMs = Infinity) => {
      await settle()
      for (;;) {
        const [next] = waiting.toSorted((a, b) => a.at - b.at)
        if (!next || next.at > untilMs) break
        waiting = waiting.filter((other) => other !== next)
        now = Math.max(now, next.at)
        next.run()
        await settle()
      }
      if (untilMs !== Infinity) now = Math.max(now, untilMs)
    },
  }
}
