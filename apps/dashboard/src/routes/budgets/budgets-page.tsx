import type { ReactElement } from 'react'
import { PageHeader } from '../../ui/page-header.tsx'

export function BudgetsPage(): ReactElement {
  return <PageHeader title="Budgets & limits" description="What may be spent, and how much may be asked." />
}
