/** Models whose own parameters this format knows; the others take only what all models take. */
export type ModelFamily = 'claude' | 'nova-2' | 'nova' | 'gpt-oss' | 'other'

const families: readonly [RegExp, ModelFamily][] = [
  [/claude/i, 'claude'],
  [/nova-2/i, 'nova-2'],
  [/nova/i, 'nova'],
  [/gpt-oss/i, 'gpt-oss'],
]

/** The family of a model id, an inference profile or an ARN that names its model. */
export function familyOf(model: string): ModelFamily {
  return families.find(([pattern]) => pattern.test(model))?.[1] ?? 'other'
}
