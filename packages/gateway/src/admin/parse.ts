import { GatewayError } from '@gw/headers'
import type * as z from 'zod'

type Issue = z.core.$ZodIssue

/** What was sent, as the schema has it. @throws GatewayError `invalid_request` naming the first field that is wrong. */
export function parse<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const path = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])]
  const param = path.join('.').slice(0, 200)
  throw new GatewayError('invalid_request', `${param || 'The body'}: ${sayWhy(issue)}.`, { detail: { param } })
}

function sayWhy(issue: Issue | undefined): string {
  if (issue?.code === 'unrecognized_keys') return 'there is no such field here'
  const message = issue?.message ?? 'is wrong'
  return message.endsWith('received undefined') ? `is missing. ${message}` : message
}
