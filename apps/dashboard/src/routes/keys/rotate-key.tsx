import { useState, type ReactElement } from 'react'
import { useWrite } from '../../api/use-write.ts'
import { useSession } from '../../session/use-session.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import type { GatewayKey } from './gateway-keys-card.tsx'
import { ShowKey } from './show-key.tsx'

const overlaps = { '0': 'At once', '3600': 'In an hour', '86400': 'In a day', '604800': 'In a week' } as const

type Overlap = keyof typeof overlaps

/** Gives a key a new secret, and shows it once. */
export function RotateKey({ gatewayKey, onClose }: { gatewayKey: GatewayKey; onClose(): void }): ReactElement {
  const { org } = useSession()
  const [overlap, setOverlap] = useState<Overlap>('86400')
  const rotate = useWrite('POST /gateway-keys/:id/rotate', { invalidates: ['GET /gateway-keys'] })
  if (rotate.data) return <ShowKey secret={rotate.data.key} onClose={onClose} />
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Rotate ${gatewayKey.name}`}
      description="The key gets a new secret. The old one works until callers have changed over."
      submit="Rotate"
      onSubmit={() =>
        rotate.mutate({
          params: { id: gatewayKey.id },
          query: { org_id: org.id },
          body: { overlap_seconds: Number(overlap) },
        })
      }
      isPending={rotate.isPending}
      error={rotate.error}
    >
      <SelectField<Overlap> label="The old secret ends" value={overlap} onChange={setOverlap} items={overlaps} />
    </FormDialog>
  )
}
