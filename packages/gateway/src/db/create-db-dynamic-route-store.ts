import { sql, type Kysely } from 'kysely'
import type { DynamicRouteStore, RouteScope, RouteVersion, ServedRoute } from '../dynamic-routes/dynamic-route-store.ts'
import type { Database, RouteVersionRow } from './database.ts'

type Db = Kysely<Database>

/** Dynamic routes in the database. A version whose elements cannot be read has none, and is not valid. */
export function createDbDynamicRouteStore(db: Db): DynamicRouteStore {
  return {
    ...routesIn(db),
    ...versionsIn(db),
    ...deploymentsIn(db),
  }
}

function routesIn(db: Db): Pick<DynamicRouteStore, 'list' | 'find' | 'findByName' | 'add' | 'rename' | 'remove'> {
  return {
    list: async (scope) => {
      const rows = await servedOf(db, scope).orderBy('routes.created_at').orderBy('routes.id').execute()
      return rows.map(toServed)
    },
    find: async (scope, id) => {
      const row = await servedOf(db, scope).where('routes.id', '=', id).executeTakeFirst()
      return row && toServed(row)
    },
    findByName: async (scope, name) => {
      const row = await servedOf(db, scope).where('routes.name', '=', name).executeTakeFirst()
      return row && toServed(row)
    },
    add: async ({ orgId, gatewayId }, { id, name, createdAt, modifiedAt }) => {
      const whose = { org_id: orgId, gateway_id: gatewayId }
      await db
        .insertInto('routes')
        .values({ id, name, ...whose, created_at: createdAt, modified_at: modifiedAt })
        .execute()
    },
    rename: async ({ orgId, gatewayId }, id, { name, at }) => {
      const { numUpdatedRows } = await db
        .updateTable('routes')
        .set({ name, modified_at: at })
        .where('id', '=', id)
        .where('org_id', '=', orgId)
        .where('gateway_id', '=', gatewayId)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    remove: async ({ orgId, gatewayId }, id) => {
      const { numDeletedRows } = await db
        .deleteFrom('routes')
        .where('id', '=', id)
        .where('org_id', '=', orgId)
        .where('gateway_id', '=', gatewayId)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}

function versionsIn(db: Db): Pick<DynamicRouteStore, 'versions' | 'addVersion'> {
  return {
    versions: async (scope, routeId) => {
      const rows = await db
        .selectFrom('route_versions')
        .selectAll()
        .where('route_id', 'in', ownId(db, scope, routeId))
        .orderBy('number', 'desc')
        .execute()
      return rows.map(toVersion)
    },
    addVersion: async (scope, routeId, { id, elements, isValid, createdAt }) => {
      // One statement numbers and inserts, so that two versions never get the same number.
      const rows = await db
        .insertInto('route_versions')
        .columns(['id', 'route_id', 'number', 'elements', 'is_valid', 'created_at'])
        .expression(
          ownRoute(db, scope, routeId).select([
            sql.val(id).as('version_id'),
            'routes.id as route_id',
            sql<number>`(SELECT coalesce(max(number), 0) + 1 FROM route_versions WHERE route_id = routes.id)`.as(
              'number',
            ),
            sql.val(JSON.stringify(elements)).as('elements'),
            sql.val(isValid ? 1 : 0).as('is_valid'),
            sql.val(createdAt).as('created_at'),
          ]),
        )
        .returningAll()
        .execute()
      const [row] = rows
      if (!row) return undefined
      const own = ownId(db, scope, routeId)
      await db.updateTable('routes').set({ modified_at: createdAt }).where('id', 'in', own).execute()
      return toVersion(row)
    },
  }
}

function deploymentsIn(db: Db): Pick<DynamicRouteStore, 'deployments' | 'deploy'> {
  return {
    deployments: async (scope, routeId) => {
      const rows = await db
        .selectFrom('route_deployments')
        .select(['id', 'version_id', 'created_at'])
        .where('route_id', 'in', ownId(db, scope, routeId))
        .orderBy('number', 'desc')
        .execute()
      return rows.map((row) => ({ id: row.id, versionId: row.version_id, createdAt: row.created_at }))
    },
    deploy: async (scope, routeId, { id, versionId, createdAt }) => {
      const made = await db
        .insertInto('route_deployments')
        .columns(['route_id', 'number', 'id', 'version_id', 'created_at'])
        .expression(
          db
            .selectFrom('route_versions')
            .where('id', '=', versionId)
            .where('route_id', 'in', ownId(db, scope, routeId))
            .select([
              'route_id',
              sql<number>`(SELECT coalesce(max(number), 0) + 1 FROM route_deployments WHERE route_id = ${routeId})`.as(
                'number',
              ),
              sql.val(id).as('deployment_id'),
              'id as version_id',
              sql.val(createdAt).as('created_at'),
            ]),
        )
        .returning('id')
        .execute()
      return made.length > 0
    },
  }
}

/** A route, if it is the gateway's. */
function ownRoute(db: Db, { orgId, gatewayId }: RouteScope, routeId: string) {
  return db
    .selectFrom('routes')
    .where('routes.id', '=', routeId)
    .where('routes.org_id', '=', orgId)
    .where('routes.gateway_id', '=', gatewayId)
}

const ownId = (db: Db, scope: RouteScope, routeId: string) => ownRoute(db, scope, routeId).select('routes.id')

/** Routes with their last deployments, and the versions these name, or else the newest ones. */
function servedOf(db: Db, { orgId, gatewayId }: RouteScope) {
  return db
    .selectFrom('routes')
    .leftJoin('route_deployments as d', (join) =>
      join
        .onRef('d.route_id', '=', 'routes.id')
        .on(sql<boolean>`d.number = (SELECT max(number) FROM route_deployments WHERE route_id = routes.id)`),
    )
    .leftJoin('route_versions as v', (join) =>
      join.onRef('v.route_id', '=', 'routes.id').on(
        sql<boolean>`v.number = coalesce(
          (SELECT number FROM route_versions WHERE id = d.version_id),
          (SELECT max(number) FROM route_versions WHERE route_id = routes.id)
        )`,
      ),
    )
    .where('routes.org_id', '=', orgId)
    .where('routes.gateway_id', '=', gatewayId)
    .select([
      'routes.id',
      'routes.name',
      'routes.created_at',
      'routes.modified_at',
      'd.id as deployment_id',
      'd.version_id as deployed_id',
      'd.created_at as deployed_at',
      'v.id as version_id',
      'v.number',
      'v.elements',
      'v.is_valid',
      'v.created_at as version_at',
    ])
}

type ServedRow = Awaited<ReturnType<ReturnType<typeof servedOf>['execute']>>[number]

function toServed(row: ServedRow): ServedRoute {
  const { deployment_id: deploymentId, deployed_id: deployedId, deployed_at: deployedAt } = row
  const { version_id: versionId, number, elements, is_valid: isValid, version_at: versionAt } = row
  const isDeployed = deploymentId !== null && deployedId !== null && deployedAt !== null
  const hasVersion =
    versionId !== null && number !== null && elements !== null && isValid !== null && versionAt !== null
  return {
    id: row.id,
    name: row.name,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
    deployment: isDeployed ? { id: deploymentId, versionId: deployedId, createdAt: deployedAt } : undefined,
    version: hasVersion
      ? toVersion({ id: versionId, number, elements, is_valid: isValid, created_at: versionAt })
      : undefined,
  }
}

function toVersion(row: Omit<RouteVersionRow, 'route_id'>): RouteVersion {
  const elements = readElements(row.elements)
  return {
    id: row.id,
    number: row.number,
    elements: elements ?? [],
    isValid: row.is_valid === 1 && elements !== undefined,
    createdAt: row.created_at,
  }
}

function readElements(text: string): unknown[] | undefined {
  try {
    const elements: unknown = JSON.parse(text)
    return Array.isArray(elements) ? elements : undefined
  } catch {
    return undefined
  }
}
