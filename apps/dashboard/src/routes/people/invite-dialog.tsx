import { Button } from '@cloudflare/kumo/components/button'
import { Dialog } from '@cloudflare/kumo/components/dialog'
import { Input } from '@cloudflare/kumo/components/input'
import { useState, type ReactElement } from 'react'
import { useWrite } from '../../api/use-write.ts'
import type { Role } from '../../api/wire.ts'
import { useSession } from '../../session/use-session.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { SecretOnce } from '../../ui/secret-once.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { roleNames } from './role-words.ts'

/** Invites somebody, and shows the link that they are to get. */
export function InviteDialog({ onClose }: { onClose(): void }): ReactElement {
  const { org } = useSession()
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('member')
  const invite = useWrite('POST /invitations', { invalidates: ['GET /orgs/:org/members'] })
  if (invite.data) {
    return (
      <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
        <Dialog className="w-120 max-w-[calc(100vw-2rem)] p-6">
          <Dialog.Title className="text-lg font-semibold">Send this link to {email}</Dialog.Title>
          <Dialog.Description className="mt-1 mb-4 text-kumo-subtle">
            It works once, for a week. Whoever opens it chooses the password: send it where only they read it.
          </Dialog.Description>
          <SecretOnce label="Invitation link" secret={`${location.origin}/invitation?token=${invite.data.token}`} />
          <div className="mt-5 flex justify-end">
            <Dialog.Close render={<Button variant="primary">Done</Button>} />
          </div>
        </Dialog>
      </Dialog.Root>
    )
  }
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Invite to ${org.name}`}
      description="Also for a member who has forgotten their password."
      submit="Make a link"
      onSubmit={() => invite.mutate({ query: { org_id: org.id }, body: { email, role, ...(name && { name }) } })}
      isPending={invite.isPending}
      error={invite.error}
    >
      <Input label="E-mail" type="email" value={email} onChange={(event) => setEmail(event.target.value)} required />
      <Input label="Name" value={name} onChange={(event) => setName(event.target.value)} maxLength={100} />
      <SelectField label="Role" value={role} onChange={setRole} items={roleNames} />
    </FormDialog>
  )
}
