import type { Deps } from '../deps.ts'
import type { Operation, OperationTypes } from './api/operation.ts'
import { alertOperations } from './alert-operations.ts'
import { analyticsOperations } from './analytics-operations.ts'
import { auditOperations } from './audit-operations.ts'
import { backfillOperations } from './backfill-operations.ts'
import { budgetOperations } from './budget-operations.ts'
import { demoDataOperations } from './demo-data-operations.ts'
import { dynamicRouteOperations } from './dynamic-route-operations.ts'
import { gatewayOperations } from './gateway-operations.ts'
import { gatewayKeyOperations } from './gateway-key-operations.ts'
import { keyResolutionOperations } from './key-resolution-operations.ts'
import { logOperations } from './log-operations.ts'
import { masterKeyOperations } from './master-key-operations.ts'
import { memberOperations } from './member-operations.ts'
import { modelOperations } from './model-operations.ts'
import { orgOperations } from './org-operations.ts'
import { priceOperations } from './price-operations.ts'
import { providerKeyOperations } from './provider-key-operations.ts'
import { repriceOperations } from './reprice-operations.ts'
import { routerOperations } from './router-operations.ts'
import { sessionOperations } from './session-operations.ts'
import { tierOperations } from './tier-operations.ts'
import { usageOperations } from './usage-operations.ts'
import { userOperations } from './user-operations.ts'

/** Everything that the control plane can do. */
export function adminOperations(deps: Deps) {
  return [
    ...sessionOperations(deps),
    ...orgOperations(deps),
    ...memberOperations(deps),
    ...userOperations(deps),
    ...tierOperations(deps),
    ...gatewayOperations(deps),
    ...dynamicRouteOperations(deps),
    ...gatewayKeyOperations(deps),
    ...providerKeyOperations(deps),
    ...keyResolutionOperations(deps),
    ...budgetOperations(deps),
    ...priceOperations(deps),
    ...repriceOperations(deps),
    ...logOperations(deps),
    ...usageOperations(deps),
    ...analyticsOperations(deps),
    ...backfillOperations(deps),
    ...demoDataOperations(deps),
    ...modelOperations(deps),
    ...routerOperations(deps),
    ...masterKeyOperations(deps),
    ...alertOperations(deps),
    ...auditOperations(deps),
  ] as const
}

type Described<O> = O extends Operation<infer Key, infer T extends OperationTypes> ? { [K in Key]: T } : never

type Joined<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer All) => void ? All : never

/** The control plane as a client sees it: each operation by its method and path. */
export type AdminApi = Joined<Described<ReturnType<typeof adminOperations>[number]>>
