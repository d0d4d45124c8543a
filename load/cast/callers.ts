/** Who calls. The caller's key, gateway and organisation are in `people`; strangers have none. */
export interface CallerRole {
  name: string
  /** `undefined`: a stranger. */
  org: string | undefined
  /** Name of a user of the cast. */
  user?: string
  /** Gateway that the requests name; the default one otherwise. */
  gateway?: string
  /** Whose gateway key is used, where not the caller's own. */
  keyOf?: string
  /** Share of all requests, in percent. */
  weight: number
  /** Requests that the caller makes at least, whatever their share. */
  atLeast?: number
}

const roles = [
  { name: 'free', org: 'load-free', weight: 1, atLeast: 20 },
  { name: 'pro', org: 'load-pro', weight: 7 },
  { name: 'pro-bob', org: 'load-pro', user: 'bob', weight: 6 },
  { name: 'pro-ann', org: 'load-pro', user: 'ann', weight: 3 },
  { name: 'open', org: 'load-open', weight: 25 },
  { name: 'open-capped', org: 'load-open', keyOf: 'open', gateway: 'capped', weight: 4 },
  { name: 'pay', org: 'load-pay', weight: 17 },
  { name: 'pay-cat', org: 'load-pay', user: 'cat', weight: 8 },
  { name: 'pay-dan', org: 'load-pay', user: 'dan', weight: 6 },
  { name: 'pay-tight', org: 'load-pay', keyOf: 'pay', gateway: 'tight', weight: 8 },
  { name: 'poor', org: 'load-poor', weight: 8 },
  { name: 'poor-eve', org: 'load-poor', user: 'eve', weight: 4 },
  { name: 'stranger', org: undefined, weight: 1.5 },
  { name: 'nobody', org: undefined, weight: 0.5 },
  { name: 'revoked', org: undefined, weight: 1 },
] as const satisfies readonly CallerRole[]

export type CallerName = (typeof roles)[number]['name']

/** The callers of a run. */
export const callers: readonly (CallerRole & { name: CallerName })[] = roles
