import type { Usage } from '@gw/catalog'

/** What two parts of an answer used together, class by class. */
export function sumUsage(one: Usage, other: Usage): Usage {
  const classes = new Map(Object.entries(one))
  for (const [name, count] of Object.entries(other)) classes.set(name, (classes.get(name) ?? 0) + count)
  return Object.fromEntries(classes)
}
