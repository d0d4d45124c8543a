import type { ReactElement } from 'react'
import { PageHeader } from '../../ui/page-header.tsx'

export function SettingsPage(): ReactElement {
  return <PageHeader title="Settings" description="How this gateway behaves." />
}
