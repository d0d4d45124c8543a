import type { Match } from './price-table.ts'

const tests: Readonly<Record<string, (model: string, text: string) => boolean>> = {
  '=': (model, text) => model === text,
  '^': (model, text) => model.startsWith(text),
  $: (model, text) => model.endsWith(text),
  '*': (model, text) => model.includes(text),
  '~': (model, text) => new RegExp(text).test(model),
}

/** Whether a rule of the price data covers a model id in lower case. */
export function matchesModel(match: Match, model: string): boolean {
  if (typeof match === 'string') return tests[match.charAt(0)]?.(model, match.slice(1)) ?? false
  if ('and' in match) return match.and.every((part) => matchesModel(part, model))
  return match.some((part) => matchesModel(part, model))
}
