import type { ReactElement } from 'react'
import { PageHeader } from '../../ui/page-header.tsx'

export function NeuronsPage(): ReactElement {
  return <PageHeader title="Neurons" description="What is left of today’s free Workers AI allowance." />
}
