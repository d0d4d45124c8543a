import { parseRoute, type RouteMistake } from '@gw/router'
import * as z from 'zod'
import type { Deps } from '../deps.ts'

const modelElement = z.object({
  id: z.string(),
  type: z.literal('model'),
  properties: z.object({ provider: z.string().regex(/^[\w.-]{1,64}$/) }),
})

/** Everything that is wrong with the elements of a route, providers that nobody knows included. */
export function findRouteMistakes(elements: unknown, { providers }: Pick<Deps, 'providers'>): RouteMistake[] {
  const parsed = parseRoute(elements)
  const list: readonly unknown[] = Array.isArray(elements) ? elements : []
  const known = providers.list.map(({ id }) => id).join(', ')
  const unknown = list.flatMap((element, index): RouteMistake[] => {
    const named = modelElement.safeParse(element).data
    if (!named || providers.find(named.properties.provider)) return []
    const path = `elements[${index}].properties.provider`
    return [{ element: named.id, path, message: `is no provider of this gateway. Known are ${known}` }]
  })
  return [...(parsed.ok ? [] : parsed.mistakes), ...unknown]
}
