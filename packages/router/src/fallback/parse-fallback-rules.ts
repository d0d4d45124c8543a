import { checkList } from '../check-list.ts'
import { errorTypes } from '../error-type.ts'
import { findMistakes, type Check } from '../find-mistakes.ts'
import type { Mistake, Parsed } from '../parsed.ts'
import type { FallbackRule } from './fallback-rule.ts'

const checks: Readonly<Record<keyof FallbackRule, Check>> = {
  models: checkList(),
  on: checkList(errorTypes),
  to: (value, path) => {
    if (value === 'stop') return []
    return Array.isArray(value) ? checkList()(value, path) : [{ path, message: 'must be a list of models, or "stop"' }]
  },
}

/** Fallback rules as somebody wrote them, or everything that is wrong with them. */
export function parseFallbackRules(value: unknown): Parsed<readonly FallbackRule[]> {
  if (!Array.isArray(value)) return { ok: false, mistakes: [{ path: '', message: 'must be a list of rules' }] }
  const mistakes = value.flatMap((rule: unknown, index) => findRuleMistakes(rule, `[${index}]`))
  return areRules(value, mistakes) ? { ok: true, value } : { ok: false, mistakes }
}

function findRuleMistakes(rule: unknown, path: string): readonly Mistake[] {
  const mistakes = findMistakes(rule, path, checks)
  const hasNoTo = typeof rule === 'object' && rule !== null && !('to' in rule && rule.to !== undefined)
  return hasNoTo && !Array.isArray(rule)
    ? [...mistakes, { path: `${path}.to`, message: 'is missing: a list of models, or "stop"' }]
    : mistakes
}

const areRules = (_: readonly unknown[], mistakes: readonly Mistake[]): _ is readonly FallbackRule[] =>
  mistakes.length === 0
