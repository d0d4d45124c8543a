import { WrenchIcon } from '@phosphor-icons/react'
import type { ReactElement } from 'react'
import { prettyBody } from '../logs/sheet/pretty-body.ts'
import type { ToolCall } from './turn.ts'

/** A tool that the model wants to be called, with its arguments. */
export function ToolCallView({ call }: { call: ToolCall }): ReactElement {
  return (
    <div className="rounded-lg ring ring-kumo-hairline">
      <p className="flex items-center gap-2 border-b border-kumo-hairline px-3 py-1.5 text-sm">
        <WrenchIcon className="size-3.5 text-kumo-subtle" aria-hidden />
        <span className="text-kumo-subtle">calls</span>
        <span className="font-mono font-medium">{call.name}</span>
      </p>
      <pre className="overflow-x-auto px-3 py-2 font-mono text-xs leading-5 whitespace-pre-wrap">
        {prettyBody(call.arguments)}
      </pre>
    </div>
  )
}
