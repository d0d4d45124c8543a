import type { ErrorType } from '../error-type.ts'
import { matchesPattern } from '../matches-pattern.ts'
import type { FallbackRule } from './fallback-rule.ts'

/** Where the first rule that names a failure leads; `undefined` where none does, and what is built in holds. */
export function selectFallback(
  rules: readonly FallbackRule[],
  failed: { /** `provider/model`. */ id: string; type: ErrorType },
): readonly string[] | 'stop' | undefined {
  const rule = rules.find(({ models, on }) => {
    const isOfType = on ? on.includes(failed.type) : failed.type !== 'invalid_request'
    return isOfType && (models === undefined || models.some((pattern) => matchesPattern(pattern, failed.id)))
  })
  return rule?.to
}
