import type { Target } from './target.ts'

const hourMs = 3_600_000

/** A target as it is at a time, in milliseconds since midnight. */
export function factsAt(target: Target, at: number): Omit<Target, 'events'> {
  const hour = at / hourMs
  const events = target.events.filter(({ from, to }) => from <= hour && hour < to)
  const times = (field: 'slower' | 'dearer'): number => events.reduce((all, event) => all * (event[field] ?? 1), 1)
  const limit = events.find((event) => event.limit !== undefined)?.limit ?? target.limit
  return {
    ...target,
    failing: Math.max(target.failing, ...events.map(({ failing = 0 }) => failing)),
    ttftMs: target.ttftMs * times('slower'),
    tokensPerSecond: target.tokensPerSecond / times('slower'),
    input: target.input * times('dearer'),
    output: target.output * times('dearer'),
    ...(limit !== undefined && { limit }),
  }
}
