import { Badge } from '@cloudflare/kumo/components/badge'
import { Button } from '@cloudflare/kumo/components/button'
import { PencilSimpleIcon, UserMinusIcon, UsersIcon } from '@phosphor-icons/react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState, type ReactElement } from 'react'
import type { Answer } from '../../api/admin-api.ts'
import { apiQuery } from '../../api/api-query.ts'
import { useWrite } from '../../api/use-write.ts'
import { formatMoney } from '../../format/money.ts'
import { formatCount } from '../../format/number.ts'
import { useSession } from '../../session/use-session.ts'
import { Card } from '../../ui/card.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { WriteButton } from '../../ui/write-button.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MemberDialog } from './member-dialog.tsx'
import { useSpendByUser } from './use-spend-by-user.ts'

export type Member = Answer<'GET /orgs/:org/members'>['data'][number]

interface Row extends Member {
  spend: number
  requests: number
}

/** Members, their roles, and what they used within a month. */
export function MembersCard(): ReactElement {
  const { org, can } = useSession()
  const members = useQuery(apiQuery('GET /orgs/:org/members', { params: { org: org.id } }))
  const spend = useSpendByUser(org.id)
  const [isInviting, setIsInviting] = useState(false)
  const [edited, setEdited] = useState<Member>()
  const [removed, setRemoved] = useState<Member>()
  const mayWrite = can('owner')
  const columns = useMemo(
    () => columnsOf(mayWrite ? { onEdit: setEdited, onRemove: setRemoved } : undefined),
    [mayWrite],
  )
  const rows = useMemo(
    () => members.data?.data.map((member): Row => ({ ...member, ...(spend.get(member.user_id) ?? nothing) })),
    [members.data, spend],
  )
  return (
    <Card
      title="Members"
      note="spend and requests of the last 30 days"
      isFlush
      actions={
        <WriteButton needs="owner" size="sm" variant="primary" onClick={() => setIsInviting(true)}>
          Invite
        </WriteButton>
      }
    >
      {members.error ? (
        <div className="p-4">
          <ErrorNote error={members.error} onRetry={() => void members.refetch()} />
        </div>
      ) : (
        <DataTable
          label="Members"
          columns={columns}
          rows={rows}
          rowId={({ user_id }) => user_id}
          empty={
            <EmptyState icon={UsersIcon} title="Nobody belongs here yet">
              Invite somebody: they get a link, choose a password, and are in.
            </EmptyState>
          }
        />
      )}
      {isInviting && <InviteDialog onClose={() => setIsInviting(false)} />}
      {edited && <MemberDialog member={edited} onClose={() => setEdited(undefined)} />}
      {removed && <RemoveMember member={removed} onClose={() => setRemoved(undefined)} />}
    </Card>
  )
}

const nothing = { spend: 0, requests: 0 }

function RemoveMember({ member, onClose }: { member: Member; onClose(): void }): ReactElement {
  const { org } = useSession()
  const remove = useWrite('DELETE /orgs/:org/members/:user', {
    invalidates: ['GET /orgs/:org/members', 'GET /gateway-keys'],
    success: 'Member removed',
    onSuccess: onClose,
  })
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Remove ${member.name} from ${org.name}?`}
      confirm="Remove"
      isPending={remove.isPending}
      onConfirm={() => remove.mutate({ params: { org: org.id, user: member.user_id } })}
    >
      Their gateway keys and provider keys here are revoked at once. Rows of their requests stay.
    </ConfirmDialog>
  )
}

const roleColors = { owner: 'primary', admin: 'info', member: 'secondary', viewer: 'outline' } as const

function columnsOf(
  actions: { onEdit(member: Member): void; onRemove(member: Member): void } | undefined,
): Column<Row>[] {
  return [
    {
      accessorKey: 'name',
      header: 'Name',
      cell: ({ row: { original: member } }) => (
        <span className="flex flex-col py-1 leading-5">
          <span className="font-medium">{member.name}</span>
          <span className="text-sm text-kumo-subtle">{member.email}</span>
        </span>
      ),
    },
    {
      accessorKey: 'role',
      header: 'Role',
      cell: ({ row }) => <Badge variant={roleColors[row.original.role]}>{row.original.role}</Badge>,
    },
    {
      accessorKey: 'tier_id',
      header: 'Tier',
      cell: ({ row }) => row.original.tier_id ?? <span className="text-kumo-subtle">the organisation’s</span>,
    },
    {
      accessorKey: 'requests',
      header: 'Requests',
      meta: { align: 'right' },
      cell: ({ row }) => formatCount(row.original.requests),
    },
    {
      accessorKey: 'spend',
      header: 'Spend',
      meta: { align: 'right' },
      cell: ({ row }) => formatMoney(row.original.spend),
    },
    ...(actions ? [actionsColumn(actions)] : []),
  ]
}

function actionsColumn({
  onEdit,
  onRemove,
}: {
  onEdit(member: Member): void
  onRemove(member: Member): void
}): Column<Row> {
  const button = { size: 'sm', variant: 'ghost', shape: 'square' } as const
  return {
    id: 'actions',
    header: () => <span className="sr-only">Actions</span>,
    enableSorting: false,
    meta: { align: 'right' },
    cell: ({ row: { original: member } }) => (
      <span className="inline-flex gap-1">
        <Button
          {...button}
          icon={PencilSimpleIcon}
          aria-label={`Change ${member.name}`}
          onClick={() => onEdit(member)}
        />
        <Button
          {...button}
          icon={UserMinusIcon}
          aria-label={`Remove ${member.name}`}
          onClick={() => onRemove(member)}
        />
      </span>
    ),
  }
}
