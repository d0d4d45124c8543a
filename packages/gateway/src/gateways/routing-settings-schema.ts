import { parseConstraints, parseFallbackRules, type Constraints, type FallbackRule, type Parsed } from '@gw/router'
import * as z from 'zod'

const rating = z.number().min(0).max(10).exactOptional()
const weight = z.number().min(0).max(100).exactOptional()
const modelName = z.string().regex(/^[^/\s]+\/\S+$/, 'must be provider/model')

/** How a gateway chooses where callers leave it to it. */
export const routingSettingsSchema = z.strictObject({
  strategy: z.enum(['cheapest', 'fastest', 'quality', 'balanced']).optional(),
  weights: z.strictObject({ quality: weight, speed: weight, cost: weight }).optional(),
  overrides: z.record(z.string().min(1), z.strictObject({ quality: rating, speed: rating })).optional(),
  constraints: parsedBy<Constraints>(parseConstraints).optional(),
  models: z.array(modelName).min(1).max(200).readonly().optional(),
  providers: z
    .record(
      z.string().min(1),
      z.strictObject({ region: z.string().min(1).optional(), zero_retention: z.boolean().optional() }),
    )
    .optional(),
})

/** Where requests go after a failure. */
export const fallbackRulesSchema = parsedBy<readonly FallbackRule[]>(parseFallbackRules)

/** What the router reads itself, with its own words for what is wrong. */
function parsedBy<T>(parseValue: (value: unknown) => Parsed<T>) {
  return z.unknown().transform((value, context): T => {
    const parsed = parseValue(value)
    if (parsed.ok) return parsed.value
    for (const { path, message } of parsed.mistakes) {
      context.addIssue({ code: 'custom', message, path: path === '' ? [] : [path] })
    }
    return z.NEVER
  })
}
