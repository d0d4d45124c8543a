import { GatewayError } from '@gw/headers'
import { parseRoute, type ParsedRoute } from '@gw/router'
import type { Deps } from '../deps.ts'
import type { Purse } from '../steps/purse.ts'
import type { CalledRoute } from './called-route.ts'
import type { RouteScope, RouteVersion, ServedRoute } from './dynamic-route-store.ts'
import { sayMistakes } from './say-mistakes.ts'

type Routes = Pick<Deps, 'dynamicRoutes'>

/** More would not be read. */
const mostNames = 20

/**
 * The route that a model name such as `dynamic/support` means, in the version that is deployed, or in the one that it
 * names: `dynamic/support@2`. @throws GatewayError `unknown_route`; `no_eligible_target` where the version is not valid
 */
export async function findCalledRoute(
  model: string,
  { caller, gateway }: Pick<Purse, 'caller' | 'gateway'>,
  { dynamicRoutes }: Routes,
): Promise<CalledRoute> {
  const [, name = '', versionName] = /^dynamic\/([^@]*)(?:@(.*))?$/s.exec(model) ?? []
  const scope = { orgId: caller.orgId, gatewayId: gateway.id }
  const found = await dynamicRoutes.findByName(scope, name)
  if (!found) throw await unknownRoute(name, scope, { dynamicRoutes })
  const version =
    versionName === undefined ? deployed(found) : await findVersion({ scope, found, versionName }, { dynamicRoutes })
  return { id: found.id, name: found.name, versionId: version.id, route: read(version, found) }
}

function deployed({ name, deployment, version }: ServedRoute): RouteVersion {
  if (deployment && version) return version
  throw new GatewayError(
    'unknown_route',
    `No version of the dynamic route "${short(name)}" was ever deployed. Deploy one, or try one with "dynamic/${short(name)}@{version}".`,
  )
}

interface Wanted {
  scope: RouteScope
  found: ServedRoute
  /** A number, with or without a `v`, or an id. */
  versionName: string
}

async function findVersion({ scope, found, versionName }: Wanted, { dynamicRoutes }: Routes): Promise<RouteVersion> {
  const isNamed = ({ id, number }: RouteVersion): boolean =>
    id === versionName || versionName === `${number}` || versionName === `v${number}`
  if (found.version && isNamed(found.version)) return found.version
  const versions = await dynamicRoutes.versions(scope, found.id)
  const version = versions.find(isNamed)
  if (version) return version
  const numbers = versions.map(({ number }) => number).slice(0, mostNames)
  throw new GatewayError(
    'unknown_route',
    `The dynamic route "${short(found.name)}" has no version "${short(versionName)}". It has ${numbers.join(', ') || 'none'}.`,
  )
}

/** Versions never change, so each is read once while it is remembered. */
const parsedVersions = new WeakMap<RouteVersion, ParsedRoute>()

function read(version: RouteVersion, { name }: ServedRoute): CalledRoute['route'] {
  const parsed = parsedVersions.get(version) ?? parseRoute(version.elements)
  parsedVersions.set(version, parsed)
  if (parsed.ok) return parsed.route
  throw new GatewayError(
    'no_eligible_target',
    `Version ${version.number} of the dynamic route "${short(name)}" cannot be used: ${sayMistakes(parsed.mistakes)}`,
  )
}

async function unknownRoute(name: string, scope: RouteScope, { dynamicRoutes }: Routes): Promise<GatewayError> {
  const names = (await dynamicRoutes.list(scope)).map((route) => `dynamic/${route.name}`)
  const known = names.length > 0 ? `There are ${names.slice(0, mostNames).join(', ')}.` : 'The gateway has none.'
  return new GatewayError('unknown_route', `There is no dynamic route "${short(name)}". ${known}`)
}

const short = (text: string): string => text.slice(0, 100)
