import type { GatewayError } from '@gw/headers'
import type { Dialect } from '../errors/dialect.ts'
import type { Surface } from './surface.ts'

/** A way in that leads nowhere: known callers get a row and an error that says where to go. */
export function rejectingSurface(dialect: Dialect, error: GatewayError): Surface {
  return {
    id: 'unknown',
    dialect,
    parse: async () => {
      throw error
    },
  }
}
