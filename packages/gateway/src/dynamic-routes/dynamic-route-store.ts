/** Whose routes: every look-up names both, so that no route of another is ever seen. */
export interface RouteScope {
  orgId: string
  gatewayId: string
}

/** A route that callers name as `dynamic/{name}`. */
export interface DynamicRoute {
  id: string
  name: string
  /** Ms since the epoch. */
  createdAt: number
  modifiedAt: number
}

/** A state of a route. It never changes. */
export interface RouteVersion {
  id: string
  /** From 1, in the order in which they were made. */
  number: number
  /** As they were sent. */
  elements: readonly unknown[]
  /** Whether they can be walked; others cannot be deployed. */
  isValid: boolean
  /** Ms since the epoch. */
  createdAt: number
}

/** That a version serves from then on. */
export interface RouteDeployment {
  id: string
  versionId: string
  /** Ms since the epoch. */
  createdAt: number
}

/** A route with how it stands. */
export interface ServedRoute extends DynamicRoute {
  /** The last one; `undefined` where there was none. */
  deployment: RouteDeployment | undefined
  /** The version that is deployed, or else the newest; `undefined` where there is none. */
  version: RouteVersion | undefined
}

/** Where dynamic routes are kept. */
export interface DynamicRouteStore {
  /** In the order in which they were made. */
  list(scope: RouteScope): Promise<ServedRoute[]>
  find(scope: RouteScope, id: string): Promise<ServedRoute | undefined>
  findByName(scope: RouteScope, name: string): Promise<ServedRoute | undefined>
  /** Makes a route without versions. @throws when the gateway has one of that name. */
  add(scope: RouteScope, route: DynamicRoute): Promise<void>
  /** False when there is no such route. @throws when the gateway has another of that name. */
  rename(scope: RouteScope, id: string, change: { name: string; at: number }): Promise<boolean>
  /** Takes its versions and deployments along. False when there is no such route. */
  remove(scope: RouteScope, id: string): Promise<boolean>
  /** Newest first. */
  versions(scope: RouteScope, routeId: string): Promise<RouteVersion[]>
  /** Numbers the version and keeps it. `undefined` when there is no such route. */
  addVersion(
    scope: RouteScope,
    routeId: string,
    version: Omit<RouteVersion, 'number'>,
  ): Promise<RouteVersion | undefined>
  /** Newest first. */
  deployments(scope: RouteScope, routeId: string): Promise<RouteDeployment[]>
  /** The version serves from now on. False when there is no such version of such a route. */
  deploy(scope: RouteScope, routeId: string, deployment: RouteDeployment): Promise<boolean>
}
