import type {
  DynamicRoute,
  DynamicRouteStore,
  RouteDeployment,
  RouteScope,
  RouteVersion,
  ServedRoute,
} from './dynamic-route-store.ts'

interface Kept {
  scope: RouteScope
  route: DynamicRoute
  /** Newest first, as are the deployments. */
  versions: readonly RouteVersion[]
  deployments: readonly RouteDeployment[]
}

/** Dynamic routes that are forgotten when the process ends. */
export function createMemoryDynamicRouteStore(): DynamicRouteStore {
  const routes = new Map<string, Kept>()
  const of = (scope: RouteScope): Kept[] => [...routes.values()].filter((kept) => isSame(kept.scope, scope))
  const find = (scope: RouteScope, id: string): Kept | undefined => of(scope).find(({ route }) => route.id === id)
  const requireFree = (scope: RouteScope, name: string, id: string): void => {
    const isTaken = of(scope).some(({ route }) => route.name === name && route.id !== id)
    if (isTaken) throw new Error(`A route with the name "${name}" exists.`)
  }
  const change = (scope: RouteScope, id: string, by: (kept: Kept) => Partial<Kept>): boolean => {
    const kept = find(scope, id)
    if (kept) routes.set(id, { ...kept, ...by(kept) })
    return kept !== undefined
  }
  return {
    list: async (scope) => of(scope).map(served).toSorted(inOrder),
    find: async (scope, id) => optional(find(scope, id)),
    findByName: async (scope, name) => optional(of(scope).find(({ route }) => route.name === name)),
    add: async (scope, route) => {
      if (routes.has(route.id)) throw new Error(`A route with id "${route.id}" exists.`)
      requireFree(scope, route.name, route.id)
      routes.set(route.id, { scope, route, versions: [], deployments: [] })
    },
    rename: async (scope, id, { name, at }) => {
      if (!find(scope, id)) return false
      requireFree(scope, name, id)
      return change(scope, id, ({ route }) => ({ route: { ...route, name, modifiedAt: at } }))
    },
    remove: async (scope, id) => find(scope, id) !== undefined && routes.delete(id),
    versions: async (scope, id) => [...(find(scope, id)?.versions ?? [])],
    addVersion: async (scope, id, version) => {
      const made = { ...version, number: (find(scope, id)?.versions[0]?.number ?? 0) + 1 }
      const isKept = change(scope, id, ({ route, versions }) => ({
        versions: [made, ...versions],
        route: { ...route, modifiedAt: made.createdAt },
      }))
      return isKept ? made : undefined
    },
    deployments: async (scope, id) => [...(find(scope, id)?.deployments ?? [])],
    deploy: async (scope, id, deployment) => {
      const isThere = find(scope, id)?.versions.some((version) => version.id === deployment.versionId) ?? false
      return isThere && change(scope, id, ({ deployments }) => ({ deployments: [deployment, ...deployments] }))
    },
  }
}

const isSame = (one: RouteScope, other: RouteScope): boolean =>
  one.orgId === other.orgId && one.gatewayId === other.gatewayId

const inOrder = (one: DynamicRoute, other: DynamicRoute): number =>
  one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1)

const optional = (kept: Kept | undefined): ServedRoute | undefined => kept && served(kept)

function served({ route, versions, deployments: [deployment] }: Kept): ServedRoute {
  const version = deployment ? versions.find(({ id }) => id === deployment.versionId) : versions[0]
  return { ...route, deployment, version }
}
