import type { FormEvent, ReactElement, ReactNode } from 'react'

interface EntranceProps {
  title: string
  description: string
  onSubmit(): void
  children: ReactNode
}

/** The frame of the pages that come before the dashboard: one form in the middle. */
export function Entrance({ title, description, onSubmit, children }: EntranceProps): ReactElement {
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-4 py-12">
      <form onSubmit={submit} className="w-full max-w-sm rounded-xl bg-kumo-base p-7 shadow-xs ring ring-kumo-line">
        <img src="/favicon.svg" alt="" width={32} height={32} className="mb-5 size-8" />
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        <p className="mt-1 mb-6 text-kumo-subtle">{description}</p>
        <div className="flex flex-col gap-4">{children}</div>
      </form>
    </main>
  )
}
