import type { ReactElement } from 'react'
import { PageHeader } from '../../ui/page-header.tsx'

export function AlertsPage(): ReactElement {
  return <PageHeader title="Alerts" description="What to tell whom, and when." />
}
