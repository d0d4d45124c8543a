import { idempotencyMs, underWayMs, type IdempotencyClaim, type IdempotencyStore } from './idempotency.ts'

/** Answers to writes that are forgotten when the process ends. */
export function createMemoryIdempotencyStore(): IdempotencyStore {
  const kept = new Map<string, IdempotencyClaim & { answer: string | null }>()
  return {
    claim: async (claim) => {
      const known = kept.get(claim.id)
      const keptMs = known?.answer === null ? underWayMs : idempotencyMs
      if (known && known.at > claim.at - keptMs) return known
      kept.set(claim.id, { ...claim, answer: null })
      return undefined
    },
    finish: async (id, answer) => {
      const known = kept.get(id)
      if (known) kept.set(id, { ...known, answer })
    },
    release: async (id) => void kept.delete(id),
  }
}
