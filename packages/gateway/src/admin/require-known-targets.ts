import { GatewayError } from '@gw/headers'
import type { Deps } from '../deps.ts'
import type { GatewaySettings } from '../gateways/gateway-store.ts'
import { isStrategy } from '../routing/is-routed.ts'

/** A name, and where in the settings it stands. */
interface Named {
  path: string
  name: string
}

/**
 * Settings whose models and patterns lead somewhere: one that is misspelt would be left out without a word.
 * @throws GatewayError `invalid_request`
 */
export function requireKnownTargets({ routing = {}, fallbacks = [] }: GatewaySettings, { providers }: Deps): void {
  const { models = [], constraints: { allow = [], deny = [] } = {}, providers: terms = {} } = routing
  const listed = fallbacks.flatMap(({ to }, rule) => (to === 'stop' ? [] : at(`fallbacks.${rule}.to`, to)))
  const targets = [...at('routing.models', models), ...listed.filter(({ name }) => !isStrategy(name))]
  const patterns = [
    ...at('routing.constraints.allow', allow),
    ...at('routing.constraints.deny', deny),
    ...fallbacks.flatMap(({ models: failed = [] }, rule) => at(`fallbacks.${rule}.models`, failed)),
  ].filter(({ name }) => !name.includes('/') && !name.includes('*'))
  const named = Object.keys(terms).map((name) => ({ path: `routing.providers.${name}`, name }))
  const isKnown = ({ name }: Named): boolean => providers.find(name.split('/', 1)[0] ?? '') !== undefined
  const wrong = [...targets, ...patterns, ...named].find((one) => !isKnown(one))
  if (!wrong) return
  throw new GatewayError(
    'invalid_request',
    `settings.${wrong.path}: "${wrong.name.slice(0, 100)}" names no provider of this gateway. Write provider/model, or the id of a provider.`,
    { detail: { param: `settings.${wrong.path}` } },
  )
}

const at = (path: string, names: readonly string[]): Named[] =>
  names.map((name, index) => ({ path: `${path}.${index}`, name }))
