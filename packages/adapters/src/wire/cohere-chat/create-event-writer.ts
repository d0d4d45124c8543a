import type { Annotation, ToolCallDelta } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { formatCitation } from './format-citation.ts'

/** Keeps count of content blocks and calls while they are written. */
export interface EventWriter {
  content(type: 'text' | 'thinking', said: string, fields?: JsonObject): string
  cite(annotation: Annotation): string
  call(call: ToolCallDelta): string
  /** Ends what is open. */
  close(): string
}

export function createEventWriter(): EventWriter {
  let block: { type: 'text' | 'thinking'; index: number } | undefined
  let blocks = 0
  let citations = 0
  let text = ''
  const openCalls = new Set<number>()

  const endBlock = (): string => {
    if (block === undefined) return ''
    const { index } = block
    block = undefined
    return formatEvent('content-end', { index })
  }
  const endCalls = (): string => {
    const events = [...openCalls].map((index) => formatEvent('tool-call-end', { index }))
    openCalls.clear()
    return events.join('')
  }
  const openBlock = (type: 'text' | 'thinking'): string => {
    if (block?.type === type) return ''
    const ended = endBlock()
    block = { type, index: blocks }
    blocks += 1
    const content = { type, [type]: '' }
    return ended + formatEvent('content-start', { index: block.index, delta: { message: { content } } })
  }

  return {
    content: (type, said, fields = {}) => {
      const opening = openBlock(type)
      if (type === 'text') text += said
      const delta = { message: { content: { [type]: said } } }
      return opening + formatEvent('content-delta', { index: block?.index ?? 0, delta, ...fields })
    },
    cite: (annotation) => {
      const index = citations
      citations += 1
      const delta = { message: { citations: formatCitation(annotation, text) } }
      return formatEvent('citation-start', { index, delta }) + formatEvent('citation-end', { index })
    },
    call: ({ index, id, function: called }) => {
      const words = called?.arguments ?? ''
      const delta = { message: { tool_calls: { function: { arguments: words } } } }
      const piece = words === '' ? '' : formatEvent('tool-call-delta', { index, delta })
      if (id === undefined) return piece
      const ended = endBlock() + endCalls()
      openCalls.add(index)
      const call = { id, type: 'function', function: { name: called?.name ?? '', arguments: '' } }
      return ended + formatEvent('tool-call-start', { index, delta: { message: { tool_calls: call } } }) + piece
    },
    close: () => endBlock() + endCalls(),
  }
}

/** One event; its name stands in the data too. */
export function formatEvent(type: string, fields: JsonObject): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`
}
