import type { JsonObject } from '@gw/adapters'

/** The field of a body in which constraints may stand, in place of the header of this name. */
export const constraintsField = 'gw-constraints'

/** A body without its constraints, which are for the gateway alone; the same object where it has none. */
export function takeConstraints(body: JsonObject): { body: JsonObject; constraints: unknown } {
  if (!(constraintsField in body)) return { body, constraints: undefined }
  const { [constraintsField]: constraints, ...rest } = body
  return { body: rest, constraints }
}
