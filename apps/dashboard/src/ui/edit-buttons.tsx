import { Button } from '@cloudflare/kumo/components/button'
import { PencilSimpleIcon, TrashIcon } from '@phosphor-icons/react'
import type { ReactElement } from 'react'

interface EditButtonsProps {
  /** Of what they change, for screen readers. */
  name: string
  onEdit(): void
  onRemove(): void
}

const button = { size: 'sm', variant: 'ghost', shape: 'square' } as const

/** The two buttons at the end of a row. */
export function EditButtons({ name, onEdit, onRemove }: EditButtonsProps): ReactElement {
  return (
    <span className="inline-flex gap-1">
      <Button {...button} icon={PencilSimpleIcon} aria-label={`Change ${name}`} onClick={onEdit} />
      <Button {...button} icon={TrashIcon} aria-label={`Remove ${name}`} onClick={onRemove} />
    </span>
  )
}
