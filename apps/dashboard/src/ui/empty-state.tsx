import type { Icon } from '@phosphor-icons/react'
import type { ReactElement, ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'

interface EmptyStateProps {
  icon: Icon
  title: string
  children: ReactNode
  /** A command that fills the page, as it can be pasted. */
  command?: string
  actions?: ReactNode
}

/** What a page shows before there is anything to show: why, and what to do. */
export function EmptyState({ icon: Icon, title, children, command, actions }: EmptyStateProps): ReactElement {
  return (
    <div className="flex flex-col items-center gap-2 px-4 py-14 text-center">
      <Icon className="size-7 text-kumo-subtle" aria-hidden />
      <h2 className="font-medium">{title}</h2>
      <p className="max-w-md text-kumo-subtle">{children}</p>
      {command !== undefined && (
        <div className="mt-3 w-full max-w-2xl rounded-lg bg-kumo-recessed text-left ring ring-kumo-hairline">
          <div className="flex items-center justify-between border-b border-kumo-hairline py-1 pr-1.5 pl-3">
            <span className="text-xs text-kumo-subtle">Terminal</span>
            <CopyButton text={command} label="Copy the command" isIconOnly />
          </div>
          <pre className="overflow-x-auto p-3 font-mono text-xs leading-5" tabIndex={0}>
            {command}
          </pre>
        </div>
      )}
      {actions && <div className="mt-3 flex gap-2">{actions}</div>}
    </div>
  )
}
