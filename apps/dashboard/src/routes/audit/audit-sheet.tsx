import { Button } from '@cloudflare/kumo/components/button'
import { XIcon } from '@phosphor-icons/react'
import type { ReactElement } from 'react'
import { useFormatTime } from '../../preferences/time-zone.ts'
import { SideSheet } from '../../ui/side-sheet.tsx'
import type { AuditEntry } from './audit-page.tsx'
import { describeAction } from './describe-action.ts'

/** One change, with what was sent. */
export function AuditSheet({ entry, onClose }: { entry: AuditEntry | undefined; onClose(): void }): ReactElement {
  return (
    <SideSheet isOpen={entry !== undefined} onClose={onClose} title="Change" className="w-140">
      {entry && <Content entry={entry} onClose={onClose} />}
    </SideSheet>
  )
}

function Content({ entry, onClose }: { entry: AuditEntry; onClose(): void }): ReactElement {
  const formatTime = useFormatTime()
  const facts: readonly [string, string][] = [
    ['Who', entry.actor.name],
    ['When', formatTime(entry.at, 'full')],
    ['Call', `${entry.method} ${entry.path}`],
    ['Which', entry.subject ?? '–'],
    ['Answered', String(entry.status)],
    ['Organisation', entry.org_id ?? 'the gateway as a whole'],
  ]
  return (
    <>
      <header className="flex items-start justify-between p-5 pb-3">
        <h2 className="text-lg font-semibold">{describeAction(entry.action)}</h2>
        <Button variant="ghost" shape="square" size="sm" icon={XIcon} aria-label="Close" onClick={onClose} />
      </header>
      <div className="flex-1 overflow-y-auto px-5 pb-5">
        <dl>
          {facts.map(([name, value]) => (
            <div key={name} className="flex justify-between gap-6 border-b border-kumo-hairline py-1.5">
              <dt className="text-kumo-subtle">{name}</dt>
              <dd className="min-w-0 text-right break-all">{value}</dd>
            </div>
          ))}
        </dl>
        <h3 className="mt-5 mb-2 font-medium">What was sent</h3>
        <pre className="overflow-x-auto rounded-lg bg-kumo-recessed p-3 font-mono text-xs leading-5" tabIndex={0}>
          {JSON.stringify(entry.changes, null, 2)}
        </pre>
        <p className="mt-2 text-sm text-kumo-subtle">Secrets are never written down.</p>
      </div>
    </>
  )
}
