import type { ReactElement } from 'react'
import { PageHeader } from '../../ui/page-header.tsx'

export function KeysPage(): ReactElement {
  return <PageHeader title="Keys" description="Who may call the gateway, and which keys it calls providers with." />
}
