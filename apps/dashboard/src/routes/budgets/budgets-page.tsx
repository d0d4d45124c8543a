import type { ReactElement } from 'react'
import { PageHeader } from '../../ui/page-header.tsx'
import { BudgetsCard } from './budgets-card.tsx'
import { LimitsCard } from './limits-card.tsx'
import { TiersCard } from './tiers-card.tsx'

/** What may be spent, and how much may be asked. */
export function BudgetsPage(): ReactElement {
  return (
    <>
      <PageHeader title="Budgets & limits" description="What may be spent, and how much may be asked." />
      <div className="flex flex-col gap-5">
        <BudgetsCard />
        <LimitsCard />
        <TiersCard />
      </div>
    </>
  )
}
