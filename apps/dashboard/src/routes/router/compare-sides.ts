import type { Answer } from '../../api/admin-api.ts'

/** What requests came to, or would have. */
export type WhatIf = Answer<'POST /router/what-if'>

/** How often a model answered, and would have. */
export interface ModelShift {
  id: string
  before: number
  after: number
}

/** Models of both sides; those that changed most first. */
export function shiftsOf({ before, after }: Pick<WhatIf, 'before' | 'after'>): ModelShift[] {
  const ids = [...new Set([...Object.keys(before.models), ...Object.keys(after.models)])]
  return ids
    .map((id) => ({ id, before: before.models[id] ?? 0, after: after.models[id] ?? 0 }))
    .toSorted((one, other) => sizeOf(other) - sizeOf(one) || (one.id < other.id ? -1 : 1))
}

const sizeOf = ({ before, after }: ModelShift): number => Math.abs(after - before) + Math.max(before, after) / 1e6
