import type { Answer } from '../../api/admin-api.ts'

/** Where a request would go. */
export type Walk = Answer<'POST /gateways/:id/routes/:route/dry-run'>

/** Whether a walk goes from one element to another at once. */
export function passes({ path }: Pick<Walk, 'path'>, from: string, to: string): boolean {
  return path.some((id, index) => id === from && path[index + 1] === to)
}

/** How a walk ends, for people. */
export function endingOf({ answers, ends, tried }: Pick<Walk, 'answers' | 'ends' | 'tried'>): string {
  if (answers) return `${answers.provider}/${answers.model} answers`
  const failed = tried.length === 0 ? 'no model was tried' : 'every model on the way failed'
  return ends === 'no_fallback'
    ? 'What failed last has no fallback: the caller gets its error'
    : `The end is reached: ${failed}`
}
