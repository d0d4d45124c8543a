import type { ReasoningDetail, ToolCallDelta } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'

/** Writes content blocks, each opened, filled and closed; opening one closes the one before. */
export interface EventWriter {
  text(said: string): string
  think(thought: string): string
  /** A detail that repeats thoughts which have been streamed adds their signature only. */
  detail(detail: ReasoningDetail): string
  cite(citation: JsonObject): string
  call(call: ToolCallDelta): string
  close(): string
}

type Kind = 'text' | 'reasoning' | 'call'

/** Calls may come interleaved; each keeps the index of its block, and all end together. */
export function createEventWriter(): EventWriter {
  const calls = new Map<number, number>()
  let open: Kind | undefined
  let index = -1

  const stop = (at: number): string => formatEvent('contentBlockStop', { contentBlockIndex: at })
  const close = (): string => {
    const ended = open === 'call' ? [...calls.values()] : open === undefined ? [] : [index]
    if (open === 'call') calls.clear()
    open = undefined
    return ended.map(stop).join('')
  }
  const ensure = (kind: Kind): string => {
    if (open === kind) return ''
    const closing = close()
    open = kind
    index += 1
    return closing
  }
  const delta = (said: JsonObject, at = index): string =>
    formatEvent('contentBlockDelta', { contentBlockIndex: at, delta: said })
  const begin = (call: ToolCallDelta): string => {
    const closing = open === 'call' ? '' : close()
    open = 'call'
    index += 1
    calls.set(call.index, index)
    const toolUse = { toolUseId: call.id ?? '', name: call.function?.name ?? '' }
    return closing + formatEvent('contentBlockStart', { contentBlockIndex: index, start: { toolUse } })
  }

  return {
    text: (text) => ensure('text') + delta({ text }),
    think: (text) => ensure('reasoning') + delta({ reasoningContent: { text } }),
    detail: ({ type, text, signature, data }) => {
      if (type === 'reasoning.encrypted') {
        return ensure('reasoning') + delta({ reasoningContent: { redactedContent: data ?? '' } }) + close()
      }
      const isStreamed = open === 'reasoning'
      const said = isStreamed || !text ? '' : ensure('reasoning') + delta({ reasoningContent: { text } })
      return `${said}${signature ? ensure('reasoning') + delta({ reasoningContent: { signature } }) : ''}${close()}`
    },
    cite: (citation) => ensure('text') + delta({ citation }),
    call: (call) => {
      const opening = call.id === undefined ? '' : begin(call)
      const words = call.function?.arguments ?? ''
      return words === '' ? opening : opening + delta({ toolUse: { input: words } }, calls.get(call.index))
    },
    close,
  }
}

/** One event; its name stands before its data. */
export function formatEvent(name: string, body: JsonObject): string {
  return `event: ${name}\ndata: ${JSON.stringify(body)}\n\n`
}
