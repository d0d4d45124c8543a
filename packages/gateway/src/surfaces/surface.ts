import type { GatewayOptions } from '@gw/headers'
import type { Deps } from '../deps.ts'
import type { Dialect } from '../errors/dialect.ts'
import type { Plan } from '../plan.ts'
import type { Purse } from '../steps/purse.ts'

/** One way in: how a request is read, and how an error is said to its caller. */
export interface Surface {
  /** Name in the log row. */
  id: string
  /** How our own errors are written. */
  dialect: Dialect
  /** What the request asks of the gateway elsewhere than in its headers. @throws GatewayError */
  readOptions?(http: Request, deps: Deps): Promise<GatewayOptions>
  /** @throws GatewayError for whatever is wrong with the request. */
  parse(inbound: Inbound, deps: Deps): Promise<Plan>
  /** The text of a request as it may be kept, where it has secrets; by default as it came. `undefined`: not at all. */
  keptRequest?(text: string): string | undefined
  /** The answer in an envelope of the surface's own, where it has one. */
  wrap?(answer: Response, deps: Deps): Promise<Response>
}

/** An admitted request that a surface reads. */
export interface Inbound extends Purse {
  http: Request
  url: URL
  options: GatewayOptions
}
