import { useWrite } from '../../api/use-write.ts'
import { useSession } from '../../session/use-session.ts'
import type { RouteScope } from './route-header.tsx'

const invalidates = ['GET /gateways/:id/routes', 'GET /gateways/:id/routes/:route/versions'] as const

/** Keeps what is edited as a new version, and has it serve if that is wanted; without changes only the latter. */
export function useSaveVersion({ gatewayId, name, version, draft, change }: RouteScope) {
  const { org } = useSession()
  const add = useWrite('POST /gateways/:id/routes/:route/versions', {
    invalidates,
    onSuccess: ({ number }) => change({ version: String(number) }),
  })
  const deploy = useWrite('POST /gateways/:id/routes/:route/deployments', { invalidates, success: 'Deployed' })
  const at = { params: { id: gatewayId, route: name }, query: { org_id: org.id } }
  const bodyOf = (isDeployed: boolean) => ({
    elements: [...draft.elements],
    ...(isDeployed ? { deploy: true } : { draft: !draft.isValid }),
  })
  return {
    isPending: add.isPending || deploy.isPending,
    save: ({ isDeployed }: { isDeployed: boolean }): void => {
      if (draft.isChanged) add.mutate({ ...at, body: bodyOf(isDeployed) })
      else if (isDeployed && version) deploy.mutate({ ...at, body: { version: version.id } })
    },
    /** Keeps what is edited, where it is not kept yet, and returns the number of its version. */
    keep: async (): Promise<number | undefined> =>
      draft.isChanged ? (await add.mutateAsync({ ...at, body: bodyOf(false) })).number : version?.number,
  }
}
