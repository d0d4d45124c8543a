import type { ReactElement } from 'react'
import { PageHeader } from '../../ui/page-header.tsx'

export function AuditPage(): ReactElement {
  return <PageHeader title="Audit" description="Who changed what." />
}
