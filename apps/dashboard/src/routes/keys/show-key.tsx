import { Button } from '@cloudflare/kumo/components/button'
import { Dialog } from '@cloudflare/kumo/components/dialog'
import type { ReactElement } from 'react'
import { CopyButton } from '../../ui/copy-button.tsx'
import { sampleRequest } from '../../ui/sample-request.ts'
import { SecretOnce } from '../../ui/secret-once.tsx'

/** A new key, once, with a request that can be pasted. */
export function ShowKey({ secret, onClose }: { secret: string; onClose(): void }): ReactElement {
  const command = sampleRequest(location.origin).replace('$GW_KEY', secret)
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog className="w-140 max-w-[calc(100vw-2rem)] p-6">
        <Dialog.Title className="text-lg font-semibold">The key is ready</Dialog.Title>
        <Dialog.Description className="mt-1 mb-4 text-kumo-subtle">
          It works within ten seconds everywhere.
        </Dialog.Description>
        <SecretOnce label="Gateway key" secret={secret} />
        <div className="mt-4 flex items-center justify-between">
          <span className="text-kumo-subtle">A first request, with the key in it</span>
          <CopyButton text={command} label="Copy as curl" />
        </div>
        <div className="mt-5 flex justify-end">
          <Dialog.Close render={<Button variant="primary">Done</Button>} />
        </div>
      </Dialog>
    </Dialog.Root>
  )
}
