import { Input } from '@cloudflare/kumo/components/input'
import { Switch } from '@cloudflare/kumo/components/switch'
import { Dialog } from '@cloudflare/kumo/components/dialog'
import { Button } from '@cloudflare/kumo/components/button'
import { useState, type ReactElement } from 'react'
import { useWrite } from '../../api/use-write.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { SecretOnce } from '../../ui/secret-once.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import type { AlertChannel } from './channels-card.tsx'
import type { OwnerQuery } from './owner-query.ts'

interface ChannelDialogProps {
  /** `undefined` makes a new one. */
  channel: AlertChannel | undefined
  owner: OwnerQuery
  onClose(): void
}

const kinds = { slack: 'Slack webhook', discord: 'Discord webhook', json: 'Signed JSON', email: 'Mail' } as const

/** Makes a channel, or changes one. */
export function ChannelDialog({ channel, owner, onClose }: ChannelDialogProps): ReactElement {
  const [kind, setKind] = useState<keyof typeof kinds>(channel?.format ?? (channel ? 'email' : 'slack'))
  const [name, setName] = useState(channel?.name ?? '')
  const [url, setUrl] = useState('')
  const [to, setTo] = useState((channel?.to ?? []).join(', '))
  const [isOn, setIsOn] = useState(channel?.enabled ?? true)
  const invalidates = ['GET /alert-channels'] as const
  const add = useWrite('POST /alert-channels', {
    invalidates,
    success: 'Channel added',
    onSuccess: ({ signing_secret }) => signing_secret === undefined && onClose(),
  })
  const change = useWrite('PATCH /alert-channels/:id', { invalidates, success: 'Channel changed', onSuccess: onClose })
  if (add.data?.signing_secret !== undefined) return <ShowSecret secret={add.data.signing_secret} onClose={onClose} />

  const target = kind === 'email' ? { to: to.split(/[\s,]+/).filter(Boolean) } : url ? { url } : {}
  const save = (): void => {
    if (channel) change.mutate({ params: { id: channel.id }, query: owner, body: { name, enabled: isOn, ...target } })
    else if (kind === 'email') add.mutate({ query: owner, body: { name, kind, ...target } })
    else add.mutate({ query: owner, body: { name, kind: 'webhook', format: kind, ...target } })
  }
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={channel ? `Change ${channel.name}` : 'Add channel'}
      submit={channel ? 'Save' : 'Add'}
      onSubmit={save}
      isPending={add.isPending || change.isPending}
      error={add.error ?? change.error}
    >
      {!channel && <SelectField label="Kind" value={kind} onChange={setKind} items={kinds} />}
      <Input label="Name" value={name} onChange={(event) => setName(event.target.value)} required maxLength={100} />
      {kind === 'email' ? (
        <Input
          label="Addresses"
          description="Separated by commas."
          value={to}
          onChange={(event) => setTo(event.target.value)}
          required
        />
      ) : (
        <Input
          label={channel ? 'New URL' : 'URL'}
          type="url"
          description={channel ? 'Empty keeps the one that is stored.' : 'It is sealed, and shown in part alone.'}
          placeholder="https://…"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
          required={!channel}
        />
      )}
      {channel && <Switch label="Switched on" checked={isOn} onCheckedChange={setIsOn} />}
    </FormDialog>
  )
}

function ShowSecret({ secret, onClose }: { secret: string; onClose(): void }): ReactElement {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog className="w-120 max-w-[calc(100vw-2rem)] p-6">
        <Dialog.Title className="text-lg font-semibold">The channel is ready</Dialog.Title>
        <Dialog.Description className="mt-1 mb-4 text-kumo-subtle">
          Messages are signed with this secret, so that your program knows that they are the gateway’s.
        </Dialog.Description>
        <SecretOnce label="Signing secret" secret={secret} />
        <div className="mt-5 flex justify-end">
          <Dialog.Close render={<Button variant="primary">Done</Button>} />
        </div>
      </Dialog>
    </Dialog.Root>
  )
}
