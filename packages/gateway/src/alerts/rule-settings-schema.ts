import { errorTypes } from '@gw/headers'
import * as z from 'zod'
import { ruleKinds } from './rule-kinds.ts'
import type { RuleKind } from './alert-rule.ts'

const kinds = Object.keys(ruleKinds)

export const ruleKindSchema = z.custom<RuleKind>(
  (kind) => typeof kind === 'string' && kinds.includes(kind),
  `must be one of ${kinds.join(', ')}`,
)

const name = z.string().min(1).max(200).exactOptional()

/** Requests that a rule is about. */
export const alertFilterSchema = z.strictObject({
  gateway_id: name,
  provider: name,
  model: name,
  user_id: name,
  gateway_key_id: name,
})

export const errorTypeSchema = z.enum(errorTypes)
export const digestSchema = z.enum(['immediately', 'hourly', 'daily'])

/** What of a rule is kept as JSON. */
export const ruleSettingsSchema = z.object({
  name: z.string(),
  filter: alertFilterSchema,
  errorType: errorTypeSchema.nullable(),
  warning: z.number().nullable(),
  critical: z.number().nullable(),
  windowMs: z.number(),
  leastRequests: z.number(),
  cooldownMs: z.number(),
  channels: z.array(z.string()).nullable(),
  digest: digestSchema,
  notifyResolved: z.boolean(),
})
