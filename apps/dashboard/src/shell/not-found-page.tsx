import { LinkButton } from '@cloudflare/kumo/components/button'
import { CompassIcon } from '@phosphor-icons/react'
import type { ReactElement } from 'react'

/** What is shown where no page is. */
export function NotFoundPage(): ReactElement {
  return (
    <main className="mx-auto flex max-w-md flex-col items-center gap-3 px-4 py-24 text-center">
      <CompassIcon className="size-8 text-kumo-subtle" aria-hidden />
      <h1 className="text-lg font-semibold">There is no such page</h1>
      <p className="text-kumo-subtle">The address may be mistyped, or the page has another name now.</p>
      <LinkButton href="/">Go to the overview</LinkButton>
    </main>
  )
}
