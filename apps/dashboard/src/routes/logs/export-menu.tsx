import { Button } from '@cloudflare/kumo/components/button'
import { DropdownMenu } from '@cloudflare/kumo/components/dropdown'
import { DownloadSimpleIcon } from '@phosphor-icons/react'
import type { ReactElement } from 'react'
import { scopeParams, type LogScope } from './use-log-rows.ts'

const formats = [
  { format: 'csv', label: 'CSV' },
  { format: 'ndjson', label: 'JSON lines' },
] as const

/** Downloads all rows that match. */
export function ExportMenu({ scope }: { scope: LogScope }): ReactElement {
  const linkOf = (format: string): string => {
    const entries = Object.entries({ ...scopeParams(scope), format }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    )
    return `/api/logs/export?${new URLSearchParams(entries)}`
  }
  return (
    <DropdownMenu>
      <DropdownMenu.Trigger render={<Button icon={DownloadSimpleIcon} />}>
        <span className="max-sm:sr-only">Export</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Content align="end">
        {formats.map(({ format, label }) => (
          <DropdownMenu.LinkItem key={format} render={<a href={linkOf(format)} download={`logs.${format}`} />}>
            {label}
          </DropdownMenu.LinkItem>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu>
  )
}
