import type { ReactElement } from 'react'
import { PageHeader } from '../../ui/page-header.tsx'

export function PeoplePage(): ReactElement {
  return <PageHeader title="People" description="Who belongs to the organisation, and what they may do." />
}
