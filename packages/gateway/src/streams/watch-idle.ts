export interface IdleWatch {
  /** A read has begun. */
  begin(): void
  /** It has ended. */
  end(): void
  stop(): void
}

/** Calls `giveUp` when one read takes longer than `idleMs`. Keeps one timer, however many reads there are. */
export function watchIdle(idleMs: number, now: () => number, giveUp: () => void): IdleWatch {
  let since: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const check = (): void => {
    timer = undefined
    if (since === undefined) return
    const left = since + idleMs - now()
    if (left <= 0) return giveUp()
    timer = setTimeout(check, left)
  }

  return {
    begin: () => {
      since = now()
      timer ??= setTimeout(check, idleMs)
    },
    end: () => {
      since = undefined
    },
    stop: () => {
      since = undefined
      if (timer !== undefined) clearTimeout(timer)
    },
  }
}
