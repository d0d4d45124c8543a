import type { ReactElement } from 'react'
import { Card } from '../../ui/card.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'

/** Where the gateway is, and what describes its control plane. */
export function ApiCard(): ReactElement {
  const places: readonly [string, string][] = [
    ['OpenAI SDKs', `${location.origin}/v1`],
    ['Anthropic SDKs', location.origin],
    ['Google Gen AI SDK', location.origin],
    ['Cloudflare’s clients', `${location.origin}/v1/default/default`],
  ]
  return (
    <Card title="Addresses">
      <dl className="max-w-180">
        {places.map(([name, url]) => (
          <div key={name} className="flex items-center justify-between gap-4 border-b border-kumo-hairline py-1.5">
            <dt className="text-kumo-subtle">{name}</dt>
            <dd className="flex min-w-0 items-center gap-2">
              <code className="truncate text-sm">{url}</code>
              <CopyButton text={url} label={`Copy the address for ${name}`} isIconOnly />
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-4">
        <a className="text-kumo-link underline" href="/api/docs" target="_blank" rel="noreferrer">
          All operations of the control plane
        </a>
        {', '}
        <a className="text-kumo-link underline" href="/api/openapi.json" target="_blank" rel="noreferrer">
          OpenAPI 3.1
        </a>
      </p>
    </Card>
  )
}
