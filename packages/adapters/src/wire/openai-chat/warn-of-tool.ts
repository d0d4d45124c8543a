import type { FunctionTool } from '../../chat.ts'

/** Names what a function's declaration says in its vendor's own words, for targets that have only the usual ones. */
export function warnOfTool({ cache_control, extra = {} }: FunctionTool, warnings: Set<string>): void {
  if (cache_control) warnings.add('cache_control')
  for (const field of Object.keys(extra)) warnings.add(`tools.${field}`)
}
