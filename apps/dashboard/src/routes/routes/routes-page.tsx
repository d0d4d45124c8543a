import type { ReactElement } from 'react'
import { PageHeader } from '../../ui/page-header.tsx'

export function RoutesPage(): ReactElement {
  return <PageHeader title="Routes" description="Graphs that decide, versioned and deployed." />
}
