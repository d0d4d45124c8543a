import { cn } from '@cloudflare/kumo/utils'
import type { ReactElement, ReactNode } from 'react'

interface CardProps {
  title?: ReactNode
  /** Small print beside the title. */
  note?: ReactNode
  actions?: ReactNode
  className?: string
  /** Without padding, for tables that fill the card. */
  isFlush?: boolean
  children: ReactNode
}

/** A framed part of a page. */
export function Card({ title, note, actions, className, isFlush = false, children }: CardProps): ReactElement {
  return (
    <section className={cn('min-w-0 rounded-lg bg-kumo-base ring ring-kumo-line', className)}>
      {(title !== undefined || actions !== undefined) && (
        <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-2 border-b border-kumo-hairline px-4 py-1.5">
          <h2 className="font-medium">{title}</h2>
          {note !== undefined && <p className="text-sm text-kumo-subtle">{note}</p>}
          {actions !== undefined && <div className="ml-auto flex items-center gap-2">{actions}</div>}
        </header>
      )}
      <div className={isFlush ? '' : 'p-4'}>{children}</div>
    </section>
  )
}
