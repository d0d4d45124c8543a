import type { ReactElement } from 'react'
import { PageHeader } from '../../ui/page-header.tsx'

export function ModelsPage(): ReactElement {
  return <PageHeader title="Models" description="Every model that the gateway knows, what it costs and how it does." />
}
