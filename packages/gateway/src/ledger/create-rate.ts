/** Counts what happens per second. */
export interface Rate {
  add(): void
  /** The most of this second so far and the one before. */
  perSecond(): number
}

export function createRate({ now }: { now(): number }): Rate {
  let second = 0
  let count = 0
  let before = 0
  const advance = (): void => {
    const current = Math.floor(now() / 1000)
    if (current === second) return
    before = current === second + 1 ? count : 0
    count = 0
    second = current
  }
  return {
    add: () => {
      advance()
      count += 1
    },
    perSecond: () => {
      advance()
      return Math.max(count, before)
    },
  }
}
