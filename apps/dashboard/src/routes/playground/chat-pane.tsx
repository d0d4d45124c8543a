import { ChatTeardropTextIcon } from '@phosphor-icons/react'
import { useEffect, useRef, type ReactElement } from 'react'
import { SuggestField } from '../../ui/suggest-field.tsx'
import type { Suggestion } from '../../ui/suggest.ts'
import { AnswerView } from './answer-view.tsx'
import { ToolResults } from './tool-results.tsx'
import type { Turn } from './turn.ts'
import { TurnView } from './turn-view.tsx'
import { openCallsOf } from './use-chat.ts'
import type { Pane } from './use-playground.ts'

interface ChatPaneProps {
  pane: Pane
  onModel(model: string): void
  suggestions: readonly Suggestion[]
  gatewayId: string
  /** Results of tools are said to this model alone. */
  onResults(turns: readonly Turn[]): void
}

/** The conversation with one model. */
export function ChatPane({ pane, onModel, suggestions, gatewayId, onResults }: ChatPaneProps): ReactElement {
  const { label, chat, model } = pane
  const { history, exchanges } = chat
  const calls = openCallsOf(exchanges)
  const frame = useKeptAtEnd()
  return (
    <section className="flex min-h-0 min-w-0 flex-1 flex-col" aria-label={`Conversation with ${model}`}>
      <div className="flex border-b border-kumo-hairline p-2">
        <SuggestField
          label={label}
          isLabelHidden
          value={model}
          onChange={onModel}
          suggestions={suggestions}
          placeholder="provider/model, auto/cheapest, dynamic/route …"
        />
      </div>
      <div
        ref={frame}
        className="min-h-0 flex-1 overflow-y-auto -outline-offset-2"
        tabIndex={0}
        role="log"
        aria-label={`Messages of ${model}`}
      >
        <div className="flex min-h-full flex-col gap-4 p-4">
          {history.length + exchanges.length === 0 && <Nothing />}
          {history.map((turn, index) => (
            <TurnView key={index} turn={turn} />
          ))}
          {exchanges.map(({ id, asked, body, answer }) => (
            <div key={id} className="flex flex-col gap-4">
              {asked.map((turn, index) => (
                <TurnView key={index} turn={turn} />
              ))}
              <AnswerView answer={answer} body={body} gatewayId={gatewayId} />
            </div>
          ))}
          {calls.length > 0 && <ToolResults key={calls[0]?.id} calls={calls} onSend={onResults} />}
        </div>
      </div>
    </section>
  )
}

function Nothing(): ReactElement {
  return (
    <div className="m-auto flex max-w-sm flex-col items-center gap-2 text-center">
      <ChatTeardropTextIcon className="size-7 text-kumo-subtle" aria-hidden />
      <p className="font-medium">Ask something</p>
      <p className="text-kumo-subtle">
        Requests go to the gateway’s own API with a key of yours that lasts an hour. They count, cost and show in the
        logs like any other.
      </p>
    </div>
  )
}

/** What grows is followed, unless somebody has scrolled up to read. */
function useKeptAtEnd() {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = frame.current
    const content = element?.firstElementChild
    if (!element || !content) return undefined
    let height = element.scrollHeight
    const observer = new ResizeObserver(() => {
      const wasAtEnd = element.scrollTop + element.clientHeight >= height - 40
      height = element.scrollHeight
      if (wasAtEnd) element.scrollTop = height
    })
    observer.observe(content)
    return () => observer.disconnect()
  }, [])
  return frame
}
