import type { ReactElement } from 'react'
import { PageHeader } from '../../ui/page-header.tsx'

export function RouterPage(): ReactElement {
  return (
    <PageHeader title="Router" description="How requests find their model, and how they would under other rules." />
  )
}
