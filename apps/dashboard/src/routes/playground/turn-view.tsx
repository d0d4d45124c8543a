import { cn } from '@cloudflare/kumo/utils'
import type { ReactElement, ReactNode } from 'react'
import { ToolCallView } from './tool-call-view.tsx'
import type { Turn } from './turn.ts'

/** One thing that was said. */
export function TurnView({ turn }: { turn: Turn }): ReactElement {
  if (turn.role === 'assistant') {
    return (
      <div className="flex flex-col gap-2">
        {turn.text && <p className="leading-6 break-words whitespace-pre-wrap">{turn.text}</p>}
        {turn.toolCalls.map((call) => (
          <ToolCallView key={call.id} call={call} />
        ))}
      </div>
    )
  }
  if (turn.role === 'tool') {
    return (
      <Bubble title="Tool result" isMono>
        {turn.text}
      </Bubble>
    )
  }
  return (
    <Bubble>
      {turn.pictures.length > 0 && (
        <span className="mb-2 flex flex-wrap gap-2">
          {turn.pictures.map(({ name, url }, index) => (
            <img key={index} src={url} alt={name} className="max-h-40 rounded-md" />
          ))}
        </span>
      )}
      {turn.text}
    </Bubble>
  )
}

function Bubble({
  title,
  isMono = false,
  children,
}: {
  title?: string
  isMono?: boolean
  children: ReactNode
}): ReactElement {
  return (
    <div
      className={cn(
        'ml-auto max-w-[85%] rounded-xl rounded-br-sm bg-kumo-tint px-3.5 py-2 break-words whitespace-pre-wrap',
        isMono && 'font-mono text-xs leading-5',
      )}
    >
      {title !== undefined && <span className="block font-sans text-xs text-kumo-subtle">{title}</span>}
      {children}
    </div>
  )
}
