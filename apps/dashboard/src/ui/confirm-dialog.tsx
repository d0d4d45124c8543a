import { Button } from '@cloudflare/kumo/components/button'
import { Dialog } from '@cloudflare/kumo/components/dialog'
import type { ReactElement, ReactNode } from 'react'

interface ConfirmDialogProps {
  isOpen: boolean
  onClose(): void
  /** A question. */
  title: string
  /** What will happen, and whether it can be undone. */
  children: ReactNode
  /** The verb. */
  confirm: string
  onConfirm(): void
  isPending?: boolean
  isDestructive?: boolean
}

/** Asks before something happens that matters. */
export function ConfirmDialog({
  isOpen,
  onClose,
  title,
  children,
  confirm,
  onConfirm,
  isPending = false,
  isDestructive = true,
}: ConfirmDialogProps): ReactElement {
  return (
    <Dialog.Root role="alertdialog" open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog className="p-6">
        <Dialog.Title className="text-lg font-semibold">{title}</Dialog.Title>
        <Dialog.Description className="mt-2 text-kumo-strong">{children}</Dialog.Description>
        <div className="mt-6 flex justify-end gap-2">
          <Dialog.Close render={<Button variant="secondary">Cancel</Button>} />
          <Button variant={isDestructive ? 'destructive' : 'primary'} loading={isPending} onClick={onConfirm}>
            {confirm}
          </Button>
        </div>
      </Dialog>
    </Dialog.Root>
  )
}
