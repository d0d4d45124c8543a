import type { ReactElement, ReactNode } from 'react'

/** A key of the keyboard. */
export function Kbd({ children }: { children: ReactNode }): ReactElement {
  return (
    <kbd className="rounded border border-kumo-hairline bg-kumo-base px-1.5 py-px font-sans text-[11px] text-kumo-subtle">
      {children}
    </kbd>
  )
}
