import { Input } from '@cloudflare/kumo/components/input'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'
import { apiQuery } from '../../api/api-query.ts'
import { useWrite } from '../../api/use-write.ts'
import { sessionQuery } from '../../session/session-query.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import type { Org } from './organisations-card.tsx'

/** Makes an organisation, or changes its name and tier. */
export function OrganisationDialog({ org, onClose }: { org: Org | undefined; onClose(): void }): ReactElement {
  const queries = useQueryClient()
  const { data: tiers } = useQuery(apiQuery('GET /tiers', {}))
  const [id, setId] = useState(org?.id ?? '')
  const [name, setName] = useState(org?.name ?? '')
  const [tier, setTier] = useState(org?.tier_id ?? 'FREE')
  const onSuccess = (): void => {
    // The switcher lists what the session knows.
    void queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
    onClose()
  }
  const after = { invalidates: ['GET /orgs', 'GET /limits'] as const, onSuccess }
  const add = useWrite('POST /orgs', { ...after, success: 'Organisation added' })
  const change = useWrite('PATCH /orgs/:org', { ...after, success: 'Organisation changed' })
  const save = (): void => {
    if (org) change.mutate({ params: { org: org.id }, body: { name, tier_id: tier } })
    else add.mutate({ body: { id, tier_id: tier, ...(name && { name }) } })
  }
  const names = Object.fromEntries((tiers?.data ?? []).map((one) => [one.id, one.name]))
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={org ? `Change ${org.name}` : 'Add organisation'}
      submit={org ? 'Save' : 'Add'}
      onSubmit={save}
      isPending={add.isPending || change.isPending}
      error={add.error ?? change.error}
    >
      {!org && (
        <Input
          label="Id"
          description="Lower-case letters, digits, underscores and single hyphens. It cannot be changed."
          value={id}
          onChange={(event) => setId(event.target.value)}
          required
          maxLength={64}
        />
      )}
      <Input
        label="Name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        maxLength={100}
        required={org !== undefined}
      />
      <SelectField label="Tier" value={tier} onChange={setTier} items={names} />
    </FormDialog>
  )
}
