import { Button } from '@cloudflare/kumo/components/button'
import { CaretRightIcon, CodeIcon, ListMagnifyingGlassIcon, WarningCircleIcon } from '@phosphor-icons/react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState, type ReactElement } from 'react'
import { formatDuration } from '../../format/duration.ts'
import { formatMoney } from '../../format/money.ts'
import { formatCount, formatShort } from '../../format/number.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { headerOf, speedOf, type Answer } from './answer.ts'
import type { Body } from './to-body.ts'
import { ToolCallView } from './tool-call-view.tsx'
import { useAnswerCost } from './use-answer-cost.ts'

const RawSheet = lazy(async () => ({ default: (await import('./raw-sheet.tsx')).RawSheet }))

interface AnswerViewProps {
  answer: Answer
  body: Body
  gatewayId: string
}

/** What a model said, and what the gateway says of it. */
export function AnswerView({ answer, body, gatewayId }: AnswerViewProps): ReactElement {
  const { state, text, thinking, toolCalls, error } = answer
  return (
    <article className="flex flex-col gap-2" aria-busy={state === 'waiting' || state === 'streaming'}>
      {thinking && <Thinking text={thinking} isOpen={text === '' && toolCalls.length === 0} />}
      {state === 'waiting' && <p className="animate-pulse text-kumo-subtle">…</p>}
      {text && (
        <p className="leading-6 break-words whitespace-pre-wrap">
          {text}
          {state === 'streaming' && (
            <span className="ml-0.5 inline-block h-4 w-1.5 animate-pulse bg-kumo-brand align-text-bottom" aria-hidden />
          )}
        </p>
      )}
      {toolCalls.map((call, index) => (
        <ToolCallView key={index} call={call} />
      ))}
      {error !== null && (
        <p role="alert" className="flex gap-2 rounded-lg bg-kumo-danger-tint px-3 py-2">
          <WarningCircleIcon className="mt-0.5 size-4 shrink-0 text-kumo-danger" aria-hidden />
          <span className="min-w-0 break-words">{error}</span>
        </p>
      )}
      {state !== 'waiting' && <AnswerFooter answer={answer} body={body} gatewayId={gatewayId} />}
    </article>
  )
}

function Thinking({ text, isOpen }: { text: string; isOpen: boolean }): ReactElement {
  return (
    <details open={isOpen} className="group text-sm text-kumo-subtle">
      <summary className="flex cursor-pointer list-none items-center gap-1">
        <CaretRightIcon className="size-3 transition-transform group-open:rotate-90" aria-hidden />
        Thoughts
      </summary>
      <p className="mt-1 border-l-2 border-kumo-hairline pl-3 break-words whitespace-pre-wrap">{text}</p>
    </details>
  )
}

function AnswerFooter({ answer, body, gatewayId }: AnswerViewProps): ReactElement {
  const [isRawShown, setIsRawShown] = useState(false)
  const cost = useAnswerCost(answer)
  const logId = headerOf(answer, 'cf-aig-log-id')
  const isOver = answer.state !== 'streaming'
  return (
    <footer className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-kumo-subtle">
      {factsOf(answer).map(([name, value]) => (
        <span key={name} title={name} className="tabular-nums">
          {value}
        </span>
      ))}
      {isOver && cost !== undefined && (
        <span title="Cost" className="font-medium text-kumo-default tabular-nums">
          {cost === 'pending' ? '$…' : `${formatMoney(cost)}${cost === null ? ' cost' : ''}`}
        </span>
      )}
      <span className="-my-1 flex items-center gap-0.5">
        {answer.text && isOver && <CopyButton text={answer.text} label="Copy the answer" isIconOnly />}
        <Button size="xs" variant="ghost" icon={CodeIcon} onClick={() => setIsRawShown(true)}>
          Raw
        </Button>
        {logId !== undefined && isOver && (
          <Link
            to="/logs"
            search={{ log: logId }}
            className="inline-flex h-5 items-center gap-1 rounded-sm px-1.5 text-xs text-kumo-default hover:bg-kumo-tint"
          >
            <ListMagnifyingGlassIcon className="size-3.5" aria-hidden />
            Log
          </Link>
        )}
      </span>
      {isRawShown && (
        <Suspense>
          <RawSheet answer={answer} body={body} gatewayId={gatewayId} onClose={() => setIsRawShown(false)} />
        </Suspense>
      )}
    </footer>
  )
}

function factsOf(answer: Answer): (readonly [name: string, value: string])[] {
  const { state, firstMs, wholeMs, inputTokens, outputTokens, status } = answer
  const provider = headerOf(answer, 'gw-provider')
  const model = headerOf(answer, 'gw-model')
  const attempts = Number(headerOf(answer, 'gw-attempts') ?? 1)
  const speed = speedOf(answer)
  return [
    ...(state === 'stopped' ? [['State', 'stopped'] as const] : []),
    ...(status !== null && status >= 400 ? [['Status', `HTTP ${status}`] as const] : []),
    ...(provider !== undefined
      ? [['Who answered', model === undefined ? provider : `${provider}/${model}`] as const]
      : []),
    ...(attempts > 1 ? [['Calls to providers', `${attempts} attempts`] as const] : []),
    ...(headerOf(answer, 'cf-aig-cache-status') === 'HIT' ? [['Cache', 'from the cache'] as const] : []),
    ...(firstMs !== null ? [['Time to the first output', `first after ${formatDuration(firstMs)}`] as const] : []),
    ...(wholeMs !== null ? [['Time of the whole answer', formatDuration(wholeMs)] as const] : []),
    ...(speed !== undefined ? [['Output tokens a second', `${formatShort(speed)} tok/s`] as const] : []),
    ...(inputTokens !== null && outputTokens !== null
      ? [['Tokens in and out', `${formatCount(inputTokens)} in, ${formatCount(outputTokens)} out`] as const]
      : []),
  ]
}
