import { Button } from '@cloudflare/kumo/components/button'
import { InputArea } from '@cloudflare/kumo/components/input'
import { useState, type FormEvent, type ReactElement } from 'react'
import type { ToolCall, Turn } from './turn.ts'

interface ToolResultsProps {
  calls: readonly ToolCall[]
  onSend(turns: readonly Turn[]): void
}

/** Lets the user play the tools: one result for each call. */
export function ToolResults({ calls, onSend }: ToolResultsProps): ReactElement {
  const [results, setResults] = useState<Readonly<Record<string, string>>>({})
  const send = (event: FormEvent): void => {
    event.preventDefault()
    onSend(calls.map(({ id }) => ({ role: 'tool', callId: id, text: results[id] ?? '' })))
  }
  return (
    <form onSubmit={send} className="flex flex-col gap-3 rounded-lg bg-kumo-recessed p-3 ring ring-kumo-hairline">
      {calls.map(({ id, name }) => (
        <InputArea
          key={id}
          label={`Result of ${name}`}
          rows={2}
          className="font-mono text-xs"
          placeholder='{"ok": true}'
          value={results[id] ?? ''}
          onChange={(event) => setResults({ ...results, [id]: event.target.value })}
        />
      ))}
      <Button type="submit" size="sm" variant="primary" className="self-end">
        {calls.length === 1 ? 'Send the result' : 'Send the results'}
      </Button>
    </form>
  )
}
