import * as z from 'zod'

const scalar = z.union([z.string().max(1000), z.number(), z.boolean(), z.null()])

const filter = z.strictObject({
  key: z.string().min(1).max(256),
  operator: z.enum(['eq', 'neq', 'contains', 'lt', 'gt']),
  value: z.array(scalar).min(1).max(100),
})

/** One filter as the API has it: any of the values, and `null` for what is not there. */
export type WireFilter = z.output<typeof filter>

/** `?filters=`, a JSON array; without it there are none. */
export const filtersSchema = z
  .string()
  .max(20_000)
  .default('[]')
  .transform((text, context) => {
    try {
      const parsed: unknown = JSON.parse(text)
      return parsed
    } catch {
      context.addIssue('is no JSON. Send an array such as [{"key":"provider","operator":"eq","value":["openai"]}]')
      return z.NEVER
    }
  })
  .pipe(z.array(filter).max(8))
