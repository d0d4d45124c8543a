import type { ReactElement } from 'react'
import { PageHeader } from '../../ui/page-header.tsx'

export function PlaygroundPage(): ReactElement {
  return <PageHeader title="Playground" description="Ask any model, side by side, as your callers do." />
}
