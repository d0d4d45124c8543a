import type { ReactElement } from 'react'
import { useSession } from '../../session/use-session.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { MembersCard } from './members-card.tsx'
import { OrganisationsCard } from './organisations-card.tsx'

/** Who belongs to the organisation, and for operators which organisations there are. */
export function PeoplePage(): ReactElement {
  const { isOperator } = useSession()
  return (
    <>
      <PageHeader title="People" description="Who belongs to the organisation, and what they may do." />
      <div className="flex flex-col gap-5">
        <MembersCard />
        {isOperator && <OrganisationsCard />}
      </div>
    </>
  )
}
