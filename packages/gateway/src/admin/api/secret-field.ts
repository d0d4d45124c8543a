import * as z from 'zod'

/** A field that is sent and never shown: no answer and no audit row has it. */
export function secretField<T extends z.ZodType>(schema: T): T {
  return schema.meta({ writeOnly: true })
}

/** What was sent, with every secret of the schema's top level replaced. */
export function withoutSecrets(body: Record<string, unknown>, schema: z.ZodObject): Record<string, unknown> {
  const entries = Object.entries(body).map(([name, value]) => [name, isSecret(schema.shape[name]) ? '[secret]' : value])
  return Object.fromEntries(entries)
}

/** Also where the field is optional or has a default. */
function isSecret(field: unknown): boolean {
  if (!(field instanceof z.ZodType)) return false
  if (field.meta()?.['writeOnly'] === true) return true
  return 'innerType' in field.def && isSecret(field.def.innerType)
}
