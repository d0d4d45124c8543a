import type { JsonObject } from '../../json.ts'

/** The fields of a body that are not in `named`; `undefined` when there are none. */
export function unnamedFields(body: JsonObject, named: ReadonlySet<string>): JsonObject | undefined {
  const rest = Object.entries(body).filter(([field]) => !named.has(field))
  return rest.length === 0 ? undefined : Object.fromEntries(rest)
}

/** What every chat completion and chunk has. */
export const answerFields: ReadonlySet<string> = new Set([
  'id',
  'object',
  'created',
  'model',
  'choices',
  'usage',
  'service_tier',
  'system_fingerprint',
])
