import { Button } from '@cloudflare/kumo/components/button'
import { Tabs } from '@cloudflare/kumo/components/tabs'
import { XIcon } from '@phosphor-icons/react'
import { useState, type ReactElement } from 'react'
import { curlCommand } from '../../api/curl-command.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { SideSheet } from '../../ui/side-sheet.tsx'
import type { Answer } from './answer.ts'
import { chatPath } from './stream-chat.ts'
import type { Body } from './to-body.ts'

interface RawSheetProps {
  answer: Answer
  body: Body
  gatewayId: string
  onClose(): void
}

const tabs = [
  { value: 'request', label: 'Request' },
  { value: 'headers', label: 'Response headers' },
]

/** The request as it was sent, and the headers that came back. */
export function RawSheet({ answer, body, gatewayId, onClose }: RawSheetProps): ReactElement {
  const [tab, setTab] = useState('request')
  const text = JSON.stringify(body, null, 2)
  const url = `${location.origin}${chatPath}`
  return (
    <SideSheet isOpen onClose={onClose} title="Raw request" className="w-full md:w-[640px]">
      <header className="flex items-center gap-2 px-5 pt-4 pb-3">
        <h2 className="min-w-0 flex-1 truncate text-lg font-semibold tracking-tight">{body.model}</h2>
        <CopyButton
          text={() =>
            curlCommand({ url, ...(gatewayId !== 'default' && { headers: { 'cf-aig-gateway-id': gatewayId } }), body })
          }
          label="Copy as curl"
        />
        <Button variant="ghost" size="sm" shape="square" icon={XIcon} aria-label="Close" onClick={onClose} />
      </header>
      <div className="px-5">
        <Tabs variant="underline" tabs={tabs} value={tab} onValueChange={setTab} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto p-5" tabIndex={0}>
        {tab === 'request' ? (
          <div className="relative">
            <p className="mb-2 font-mono text-xs text-kumo-subtle">POST {url}</p>
            <div className="absolute top-7 right-1.5">
              <CopyButton text={text} label="Copy the request" isIconOnly />
            </div>
            <pre className="overflow-x-auto rounded-lg bg-kumo-recessed p-3 font-mono text-xs leading-5 break-words whitespace-pre-wrap ring ring-kumo-hairline">
              {text}
            </pre>
          </div>
        ) : (
          <Headers answer={answer} />
        )}
      </div>
    </SideSheet>
  )
}

const ours = /^(?:cf-aig-|gw-)/

/** The gateway's own first. */
function Headers({ answer }: { answer: Answer }): ReactElement {
  const sorted = [
    ...answer.headers.filter(([name]) => ours.test(name)),
    ...answer.headers.filter(([name]) => !ours.test(name)),
  ]
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 font-mono text-xs">
      <dt className="text-kumo-subtle">status</dt>
      <dd>{answer.status ?? 'no answer'}</dd>
      {sorted.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className={ours.test(name) ? '' : 'text-kumo-subtle'}>{name}</dt>
          <dd className="break-all">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
