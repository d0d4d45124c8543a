import { Input } from '@cloudflare/kumo/components/input'
import { useState, type ReactElement } from 'react'
import { useWrite } from '../../api/use-write.ts'
import { useSession } from '../../session/use-session.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import type { RoutePageProps } from './route-page.tsx'

interface RouteDialogProps extends Pick<RoutePageProps, 'gatewayId' | 'name' | 'change'> {
  onClose(): void
}

/** Gives a route another name, by which callers find it. */
export function RenameRoute({ gatewayId, name, change, onClose }: RouteDialogProps): ReactElement {
  const { org } = useSession()
  const [next, setNext] = useState(name)
  const rename = useWrite('PATCH /gateways/:id/routes/:route', {
    invalidates: ['GET /gateways/:id/routes'],
    success: 'Route renamed',
    onSuccess: (route) => change({ route: route.name }),
  })
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Rename the route"
      description={`Callers must name dynamic/${next.trim() || 'name'} from then on; dynamic/${name} is refused.`}
      submit="Rename"
      onSubmit={() =>
        rename.mutate({
          params: { id: gatewayId, route: name },
          query: { org_id: org.id },
          body: { name: next.trim() },
        })
      }
      isPending={rename.isPending}
      error={rename.error}
    >
      <Input label="Name" value={next} onChange={(event) => setNext(event.target.value)} required maxLength={64} />
    </FormDialog>
  )
}

/** Removes a route with all its versions. */
export function RemoveRoute({ gatewayId, name, change, onClose }: RouteDialogProps): ReactElement {
  const { org } = useSession()
  const remove = useWrite('DELETE /gateways/:id/routes/:route', {
    invalidates: ['GET /gateways/:id/routes'],
    success: 'Route removed',
    onSuccess: () =>
      change({ route: undefined, version: undefined, element: undefined, panel: undefined, view: undefined }),
  })
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Remove the route “${name}”?`}
      confirm="Remove"
      isPending={remove.isPending}
      onConfirm={() => remove.mutate({ params: { id: gatewayId, route: name }, query: { org_id: org.id } })}
    >
      Requests that name dynamic/{name} are refused from then on. All its versions go with it, and it cannot be undone;
      export it first if you may want it back.
    </ConfirmDialog>
  )
}
