import { useEffect, useRef, useState } from 'react'
import { noAnswer, type Answer } from './answer.ts'
import type { KeyHolder } from './create-key-holder.ts'
import { streamChat } from './stream-chat.ts'
import { toBody, type Body } from './to-body.ts'
import type { Settings } from './settings.ts'
import type { Turn } from './turn.ts'

/** What was said to a model at once, and what it answered. */
export interface Exchange {
  id: string
  asked: readonly Turn[]
  body: Body
  answer: Answer
}

interface AskOptions {
  model: string
  settings: Settings
  gatewayId: string
  asked: readonly Turn[]
}

/** A conversation with one model. */
export interface Chat {
  /** From before, such as that of a row of the log. */
  history: readonly Turn[]
  exchanges: readonly Exchange[]
  isRunning: boolean
  ask(options: AskOptions): void
  stop(): void
  restart(history: readonly Turn[]): void
}

const running: ReadonlySet<Answer['state']> = new Set(['waiting', 'streaming'])

/** Keeps a conversation, and asks for its next answer. */
export function useChat(key: KeyHolder): Chat {
  const [history, setHistory] = useState<readonly Turn[]>([])
  const [exchanges, setExchanges] = useState<readonly Exchange[]>([])
  const stopper = useRef<AbortController>(undefined)
  useEffect(() => () => stopper.current?.abort(), [])
  const ask = async ({ model, settings, gatewayId, asked }: AskOptions): Promise<void> => {
    const turns = [...history, ...turnsOf(exchanges), ...asked]
    const id = crypto.randomUUID()
    const body = toBody({ model, settings, turns })
    const onChange = (answer: Answer): void =>
      setExchanges((all) => all.map((one) => (one.id === id ? { ...one, answer } : one)))
    const controller = new AbortController()
    stopper.current = controller
    setExchanges([...exchanges, { id, asked, body, answer: noAnswer }])
    try {
      await streamChat({ body, gatewayId, key: await key.get(), signal: controller.signal, onChange })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      onChange({ ...noAnswer, state: 'failed', error: `There is no gateway key for the playground: ${reason}` })
    }
  }
  return {
    history,
    exchanges,
    isRunning: exchanges.some(({ answer }) => running.has(answer.state)),
    ask: (options) => void ask(options),
    stop: () => stopper.current?.abort(),
    restart: (turns) => {
      stopper.current?.abort()
      setHistory(turns)
      setExchanges([])
    },
  }
}

/** What a model is told of its conversation: an answer that failed is left out, with what it was asked. */
export function turnsOf(exchanges: readonly Pick<Exchange, 'asked' | 'answer'>[]): Turn[] {
  return exchanges.flatMap(({ asked, answer: { state, text, toolCalls } }) => {
    if (state === 'failed' || (text === '' && toolCalls.length === 0)) return []
    return [...asked, { role: 'assistant', text, toolCalls } as const]
  })
}

/** Calls of the last answer, which wait for their results. */
export function openCallsOf(exchanges: readonly Pick<Exchange, 'answer'>[]): Answer['toolCalls'] {
  const last = exchanges.at(-1)?.answer
  return last?.state === 'done' ? last.toolCalls : []
}
