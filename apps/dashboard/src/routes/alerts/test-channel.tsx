import { Button } from '@cloudflare/kumo/components/button'
import type { ReactElement } from 'react'
import { useWrite } from '../../api/use-write.ts'
import { notify } from '../../ui/toasts.ts'
import type { AlertChannel } from './channels-card.tsx'
import type { OwnerQuery } from './owner-query.ts'

/** Sends a message that says that it is a test, and tells what became of it. */
export function TestChannel({ channel, owner }: { channel: AlertChannel; owner: OwnerQuery }): ReactElement {
  const test = useWrite('POST /alert-channels/:id/test', {
    invalidates: ['GET /alert-deliveries'],
    onSuccess: ({ ok, error }) =>
      notify(
        ok
          ? { title: `${channel.name} took the test message`, variant: 'success' }
          : { title: `${channel.name} did not take it`, description: error ?? 'It gave no reason.', variant: 'error' },
      ),
  })
  return (
    <Button
      size="sm"
      loading={test.isPending}
      onClick={() => test.mutate({ params: { id: channel.id }, query: owner })}
    >
      Test
    </Button>
  )
}
