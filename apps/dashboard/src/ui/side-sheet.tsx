import { Dialog } from '@cloudflare/kumo/primitives/dialog'
import { cn } from '@cloudflare/kumo/utils'
import { useRef, type ReactElement, type ReactNode } from 'react'

interface SideSheetProps {
  isOpen: boolean
  onClose(): void
  /** For screen readers; show it in the content if people shall see it. */
  title: string
  side?: 'left' | 'right'
  /** Its width, among others. */
  className?: string
  children: ReactNode
}

/** A panel over the edge of the page; Escape and a click beside it close it. */
export function SideSheet({
  isOpen,
  onClose,
  title,
  side = 'right',
  className,
  children,
}: SideSheetProps): ReactElement {
  const sheet = useRef<HTMLDivElement>(null)
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 bg-black/30 transition-opacity duration-150 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <Dialog.Popup
          ref={sheet}
          initialFocus={sheet}
          aria-label={title}
          className={cn(
            'fixed inset-y-0 flex max-w-full flex-col bg-kumo-base text-base text-kumo-default shadow-xl ring ring-kumo-line outline-none transition-transform duration-200 ease-out',
            side === 'right'
              ? 'right-0 data-[ending-style]:translate-x-full data-[starting-style]:translate-x-full'
              : 'left-0 data-[ending-style]:-translate-x-full data-[starting-style]:-translate-x-full',
            className,
          )}
        >
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
