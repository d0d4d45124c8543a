import { useEffect, type ReactElement, type ReactNode } from 'react'

interface PageHeaderProps {
  title: string
  description?: string
  /** Buttons and pickers, on the right. */
  actions?: ReactNode
}

/** The head of a page; also names the tab of the browser. */
export function PageHeader({ title, description, actions }: PageHeaderProps): ReactElement {
  useEffect(() => {
    document.title = `${title} · gw`
  }, [title])
  return (
    <header className="mb-5 flex min-h-9 flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div>
        <h1 className="text-xl leading-8 font-semibold tracking-tight">{title}</h1>
        {description && <p className="text-kumo-subtle">{description}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  )
}
