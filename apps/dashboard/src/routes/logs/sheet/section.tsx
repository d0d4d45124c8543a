import type { ReactElement, ReactNode } from 'react'

/** A part of the sheet. */
export function Section({
  title,
  note,
  children,
}: {
  title: string
  note?: ReactNode
  children: ReactNode
}): ReactElement {
  return (
    <section className="mb-6">
      <h3 className="mb-2 flex items-baseline gap-2 font-medium">
        {title}
        {note !== undefined && <span className="text-sm font-normal text-kumo-subtle">{note}</span>}
      </h3>
      {children}
    </section>
  )
}
