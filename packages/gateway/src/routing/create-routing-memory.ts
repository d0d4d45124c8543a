/** Choices of before, so that near ties and conversations stay where they are. An isolate's own. */
export interface RoutingMemory {
  recall(key: string): string | undefined
  keep(key: string, target: string): void
}

const mostKept = 10_000

export function createRoutingMemory(): RoutingMemory {
  const kept = new Map<string, string>()
  return {
    recall: (key) => kept.get(key),
    keep: (key, target) => {
      kept.delete(key)
      const [oldest] = kept.keys()
      if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest)
      kept.set(key, target)
    },
  }
}
