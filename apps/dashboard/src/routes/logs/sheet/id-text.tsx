import type { ReactElement } from 'react'
import { CopyButton } from '../../../ui/copy-button.tsx'

/** An id, shortened, with a button that copies all of it. */
export function IdText({ id, label }: { id: string; label: string }): ReactElement {
  return (
    <span className="flex items-center gap-1">
      <span className="truncate font-mono text-xs" title={id}>
        {id.length > 20 ? `${id.slice(0, 8)}…${id.slice(-6)}` : id}
      </span>
      <CopyButton text={id} label={`Copy the ${label}`} isIconOnly />
    </span>
  )
}
