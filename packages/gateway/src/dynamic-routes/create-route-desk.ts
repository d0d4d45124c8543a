import { GatewayError } from '@gw/headers'
import type { Deps } from '../deps.ts'
import { orConflict } from '../admin/or-conflict.ts'
import { requireFound } from '../admin/require-found.ts'
import type { RouteDeployment, RouteScope, RouteVersion, ServedRoute } from './dynamic-route-store.ts'
import { findRouteMistakes } from './find-route-mistakes.ts'
import { requireValidElements } from './require-valid-elements.ts'

export interface NewRoute {
  name: string
  elements: readonly unknown[]
  /** Has the version serve at once, if it is valid. */
  deploys: boolean
}

/** Makes and changes routes, for whichever API; each error is a `GatewayError`. */
export interface RouteDesk {
  /** By id, or by name. @throws GatewayError `not_found` */
  find(scope: RouteScope, route: string): Promise<ServedRoute>
  /** Version 1 is kept although it is not valid; such a one does not serve. @throws GatewayError `conflict` */
  create(scope: RouteScope, route: NewRoute): Promise<ServedRoute>
  /** @throws GatewayError `not_found`, `conflict` */
  rename(scope: RouteScope, route: ServedRoute, name: string): Promise<ServedRoute>
  addVersion(scope: RouteScope, route: ServedRoute, elements: readonly unknown[]): Promise<RouteVersion>
  /** By id, or by number. @throws GatewayError `not_found` */
  findVersion(scope: RouteScope, route: ServedRoute, version: string): Promise<RouteVersion>
  /** @throws GatewayError `invalid_request` with everything that is wrong with the version */
  deploy(scope: RouteScope, route: ServedRoute, version: RouteVersion): Promise<RouteDeployment>
}

export function createRouteDesk(deps: Deps): RouteDesk {
  const { dynamicRoutes: store, createId, now } = deps

  const addVersion: RouteDesk['addVersion'] = async (scope, { id: routeId }, elements) => {
    const isValid = findRouteMistakes(elements, deps).length === 0
    const version = { id: createId(), elements, isValid, createdAt: now() }
    return requireFound(await store.addVersion(scope, routeId, version), notThere)
  }
  const deploy: RouteDesk['deploy'] = async (scope, { id: routeId }, version) => {
    requireValidElements(version.elements, deps)
    const deployment = { id: createId(), versionId: version.id, createdAt: now() }
    requireFound(await store.deploy(scope, routeId, deployment), notThere)
    return deployment
  }
  const find: RouteDesk['find'] = async (scope, route) =>
    requireFound((await store.find(scope, route)) ?? (await store.findByName(scope, route)), notThere)

  return {
    find,
    addVersion,
    deploy,
    create: async (scope, { name, elements, deploys }) => {
      const at = now()
      const made = { id: createId(), name, createdAt: at, modifiedAt: at }
      const isTaken = (): Promise<unknown> => store.findByName(scope, name)
      await orConflict(() => store.add(scope, made), isTaken, taken(name))
      const route = { ...made, deployment: undefined, version: undefined }
      try {
        const version = await addVersion(scope, route, elements)
        if (deploys && version.isValid) await deploy(scope, route, version)
      } catch (error) {
        // A route without a version is of no use, and its name would be taken.
        await store.remove(scope, made.id)
        throw error
      }
      return find(scope, made.id)
    },
    rename: async (scope, { id }, name) => {
      const other = async (): Promise<boolean> => {
        const found = await store.findByName(scope, name)
        return found !== undefined && found.id !== id
      }
      await orConflict(() => store.rename(scope, id, { name, at: now() }), other, taken(name))
      return find(scope, id)
    },
    findVersion: async (scope, { id: routeId }, version) => {
      const versions = await store.versions(scope, routeId)
      const found = versions.find(({ id, number }) => id === version || String(number) === version)
      if (found) return found
      const numbers = versions.map(({ number }) => number).join(', ')
      throw new GatewayError(
        'not_found',
        `The route has no version "${version.slice(0, 64)}". It has ${numbers || 'none'}.`,
      )
    },
  }
}

const notThere = 'The gateway has no such dynamic route. GET …/routes lists them.'
const taken = (name: string): string => `The gateway has a dynamic route "${name}".`
