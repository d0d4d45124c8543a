import type { JsonObject } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import type { Deps } from '../deps.ts'
import { findRouteMistakes } from './find-route-mistakes.ts'
import { sayMistakes } from './say-mistakes.ts'

/** @throws GatewayError `invalid_request` with all mistakes. */
export function requireValidElements(elements: unknown, deps: Pick<Deps, 'providers'>): void {
  const mistakes = findRouteMistakes(elements, deps)
  if (mistakes.length === 0) return
  throw new GatewayError('invalid_request', `The route is not valid: ${sayMistakes(mistakes)}`, {
    detail: { param: 'elements', mistakes: mistakes.map((mistake): JsonObject => ({ ...mistake })) },
  })
}
