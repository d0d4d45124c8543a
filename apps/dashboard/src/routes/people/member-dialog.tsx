import { useQuery } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'
import { apiQuery } from '../../api/api-query.ts'
import { useWrite } from '../../api/use-write.ts'
import { useSession } from '../../session/use-session.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import type { Member } from './members-card.tsx'
import { roleNames } from './role-words.ts'

const inherited = '-'

/** Changes a member's role, and for operators their tier. */
export function MemberDialog({ member, onClose }: { member: Member; onClose(): void }): ReactElement {
  const { org, isOperator } = useSession()
  const { data: tiers } = useQuery(apiQuery('GET /tiers', {}))
  const [role, setRole] = useState(member.role)
  const [tier, setTier] = useState(member.tier_id ?? inherited)
  const invalidates = ['GET /orgs/:org/members', 'GET /limits'] as const
  const setMember = useWrite('PUT /orgs/:org/members/:user', {
    invalidates,
    success: 'Member changed',
    onSuccess: onClose,
  })
  const setUser = useWrite('PATCH /users/:id', { invalidates })
  const save = async (): Promise<void> => {
    if (tier !== (member.tier_id ?? inherited)) {
      await setUser.mutateAsync({ params: { id: member.user_id }, body: { tier_id: tier === inherited ? null : tier } })
    }
    await setMember.mutateAsync({ params: { org: org.id, user: member.user_id }, body: { role } })
  }
  const names = Object.fromEntries((tiers?.data ?? []).map(({ id, name }) => [id, name]))
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Change ${member.name}`}
      submit="Save"
      // What fails is shown in the dialog.
      onSubmit={() => void save().catch(() => undefined)}
      isPending={setMember.isPending || setUser.isPending}
      error={setUser.error ?? setMember.error}
    >
      <SelectField label="Role" value={role} onChange={setRole} items={roleNames} />
      {isOperator && (
        <SelectField
          label="Tier"
          description="A tier of their own, with limits of their own, in every organisation."
          value={tier}
          onChange={setTier}
          items={{ [inherited]: 'The organisation’s', ...names }}
        />
      )}
    </FormDialog>
  )
}
