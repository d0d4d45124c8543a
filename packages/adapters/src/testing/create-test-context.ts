import type { WireContext } from '../wire-format.ts'

/** A context without chance: time stands still and ids count up. */
export function createTestContext(model = 'the-model'): WireContext {
  let ids = 0
  return {
    model,
    now: () => 1_700_000_000_000,
    createId: () => {
      ids += 1
      return `id${ids}`
    },
  }
}
