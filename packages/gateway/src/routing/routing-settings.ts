import type { Constraints, Override, Strategy, Weights } from '@gw/router'

/** How a gateway chooses where callers leave the choice to it. */
export interface RoutingSettings {
  /** What `auto` alone means. Default `balanced`. */
  strategy?: Strategy | undefined
  /** Of `balanced`. */
  weights?: Weights | undefined
  /** Quality and speed, 0–10, of targets by id or pattern. */
  overrides?: Readonly<Record<string, Override>> | undefined
  /** Hold for every request beside the caller's own. */
  constraints?: Constraints | undefined
  /** The only models to choose from, `provider/model`; also those that the catalog does not know. */
  models?: readonly string[] | undefined
  /** What the operator knows of providers by contract. */
  providers?: Readonly<Record<string, ProviderTerms>> | undefined
}

export interface ProviderTerms {
  region?: string | undefined
  zero_retention?: boolean | undefined
}
