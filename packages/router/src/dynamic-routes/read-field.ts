import type { RouteFacts } from './route-facts.ts'
import type { RouteField } from './route-field.ts'

/** The value of a field; `undefined` where the request has none. Only what an object holds itself is seen. */
export function readField(field: RouteField, facts: RouteFacts): unknown {
  switch (field.in) {
    case 'plan':
      return facts.plan?.toLowerCase()
    case 'headers':
      return facts.headers.get(field.name) ?? undefined
    case 'metadata':
      return own(facts.metadata, field.name)
    case 'body':
      return field.steps.reduce(own, facts.body)
  }
}

function own(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return /^\d{1,6}$/.test(name) ? value[Number(name)] : undefined
  if (typeof value !== 'object' || value === null) return undefined
  return Object.getOwnPropertyDescriptor(value, name)?.value
}
