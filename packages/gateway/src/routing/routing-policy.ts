import { GatewayError, type GatewayOptions } from '@gw/headers'
import { parseConstraints, type Constraints, type Strategy } from '@gw/router'
import type { Gateway } from '../gateways/gateway-store.ts'
import { constraintsField } from './take-constraints.ts'
import type { RoutingSettings } from './routing-settings.ts'
import { strategies } from './strategies.ts'

/** How one request's target is chosen. */
export interface RoutingPolicy extends RoutingSettings {
  strategy: Strategy
  constraints: Constraints
  /** Further lists of patterns, each of which has to name a target, beside `allow`. */
  lists: readonly (readonly string[])[]
}

/** What of a request bears on the choice. */
export interface PolicyQuestion {
  /** `auto`, `auto/{strategy}` or `cloudflare/auto`. */
  name: string
  options: Pick<GatewayOptions, 'constraints' | 'allowedModels' | 'allowedProviders' | 'zdr'>
  /** What the body says, where no header does. */
  constraints?: unknown
}

/** What the caller asks for, within what the gateway is set to. @throws GatewayError `unknown_model`, `invalid_request` */
export function routingPolicyOf(
  { name, options, constraints: inBody }: PolicyQuestion,
  { settings }: Gateway,
): RoutingPolicy {
  const { routing = {} } = settings
  const caller = constraintsOf(options.constraints ?? inBody ?? {})
  const { allow: alsoAllow, ...inHeaders } = fromHeaders(options)
  const constraints = narrow(narrow(routing.constraints ?? {}, caller), inHeaders)
  const lists = [routing.constraints?.allow, alsoAllow].filter((list) => list !== undefined)
  return { ...routing, strategy: strategyOf(name) ?? routing.strategy ?? 'balanced', constraints, lists }
}

function strategyOf(name: string): Strategy | undefined {
  const [, chosen] = /^auto\/(.*)$/s.exec(name) ?? []
  if (chosen === undefined) return undefined
  const strategy = strategies.find((known) => known === chosen)
  if (strategy) return strategy
  throw new GatewayError(
    'unknown_model',
    `There is no strategy "${chosen.slice(0, 64)}". Use auto, ${strategies.map((key) => `auto/${key}`).join(', ')}.`,
  )
}

function constraintsOf(value: unknown): Constraints {
  const parsed = parseConstraints(value)
  if (parsed.ok) return parsed.value
  const said = parsed.mistakes.map(({ path, message }) => `${path || 'It'} ${message}`).join('; ')
  throw new GatewayError('invalid_request', `\`${constraintsField}\` is wrong: ${said.slice(0, 500)}.`, {
    detail: { param: constraintsField },
  })
}

/** Cloudflare's headers for its own router. */
function fromHeaders({ allowedModels, allowedProviders, zdr }: PolicyQuestion['options']): Constraints {
  const allow = [...(allowedModels ?? []), ...(allowedProviders ?? []).map((provider) => `${provider}/*`)]
  return { ...(allow.length > 0 && { allow }), ...(zdr && { zero_retention: true }) }
}

/** Both hold: a caller may narrow what the gateway allows, and never widen it. */
function narrow(one: Constraints, other: Constraints): Constraints {
  const both = (field: 'capabilities' | 'deny'): string[] => [
    ...new Set([...(one[field] ?? []), ...(other[field] ?? [])]),
  ]
  const [capabilities, deny] = [both('capabilities'), both('deny')]
  return {
    ...one,
    ...other,
    ...(capabilities.length > 0 && { capabilities }),
    ...(deny.length > 0 && { deny }),
    ...bound('max_price', Math.min, [one, other]),
    ...bound('context', Math.max, [one, other]),
    ...bound('min_quality', Math.max, [one, other]),
    ...(one.region !== undefined && other.region !== undefined && { region: within(one.region, other.region) }),
    ...((one.zero_retention || other.zero_retention) && { zero_retention: true }),
  }
}

type Bound = 'max_price' | 'context' | 'min_quality'

function bound(field: Bound, stricter: typeof Math.min, all: readonly Constraints[]): Constraints {
  const values = all.map((one) => one[field]).filter((value) => value !== undefined)
  return values.length > 0 ? { [field]: stricter(...values) } : {}
}

/** Regions that lie in those of the gateway and in those of the caller; `eu-west-1` lies in `eu`. */
function within(allowed: NonNullable<Constraints['region']>, wanted: NonNullable<Constraints['region']>): string[] {
  const [some, others] = [[allowed].flat(), [wanted].flat()]
  const lies = (place: string, whole: string): boolean =>
    `${place}-`.toLowerCase().startsWith(`${whole}-`.toLowerCase())
  const inner = (places: string[], wholes: string[]): string[] =>
    places.filter((place) => wholes.some((whole) => lies(place, whole)))
  return [...new Set([...inner(others, some), ...inner(some, others)])]
}
