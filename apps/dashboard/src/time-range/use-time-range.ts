import { useSyncExternalStore } from 'react'
import { resolveRange, type RangeSearch, type TimeRange } from './time-range.ts'

const minuteMs = 60_000
const listeners = new Set<() => void>()
let minute = Math.floor(Date.now() / minuteMs)
let timer: ReturnType<typeof setInterval> | undefined

/** One clock for the whole page, so that all its parts ask for the same stretch. */
function subscribe(listener: () => void): () => void {
  tick()
  listeners.add(listener)
  timer ??= setInterval(tick, 5000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick(): void {
  const now = Math.floor(Date.now() / minuteMs)
  if (now === minute || document.hidden) return
  minute = now
  for (const listener of listeners) listener()
}

/** The stretch that the URL means, moving on with each minute while it is looked at. */
export function useTimeRange(search: RangeSearch): TimeRange {
  const current = useSyncExternalStore(subscribe, () => minute)
  return resolveRange(search, current * minuteMs)
}
