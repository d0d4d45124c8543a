import { Button } from '@cloudflare/kumo/components/button'
import { Dialog } from '@cloudflare/kumo/components/dialog'
import { cn } from '@cloudflare/kumo/utils'
import type { FormEvent, ReactElement, ReactNode } from 'react'
import { ErrorNote } from './error-note.tsx'

interface FormDialogProps {
  isOpen: boolean
  onClose(): void
  title: string
  description?: ReactNode
  /** The verb. */
  submit: string
  onSubmit(): void
  isPending: boolean
  /** What the gateway said against it. */
  error: unknown
  className?: string
  /** The fields. */
  children: ReactNode
}

/** Fields in a dialog that are sent together; it stays open, with what was entered, until they are taken. */
export function FormDialog({
  isOpen,
  onClose,
  title,
  description,
  submit,
  onSubmit,
  isPending,
  error,
  className,
  children,
}: FormDialogProps): ReactElement {
  const send = (event: FormEvent): void => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog className={cn('max-h-[calc(100dvh-2rem)] w-120 max-w-[calc(100vw-2rem)] overflow-y-auto p-6', className)}>
        <Dialog.Title className="text-lg font-semibold">{title}</Dialog.Title>
        {description !== undefined && (
          <Dialog.Description className="mt-1 text-kumo-subtle">{description}</Dialog.Description>
        )}
        <form className="mt-5 flex flex-col gap-4" onSubmit={send}>
          {children}
          {error ? <ErrorNote error={error} /> : null}
          <div className="mt-2 flex justify-end gap-2">
            <Dialog.Close render={<Button variant="secondary">Cancel</Button>} />
            <Button type="submit" variant="primary" loading={isPending}>
              {submit}
            </Button>
          </div>
        </form>
      </Dialog>
    </Dialog.Root>
  )
}
