import type { JsonObject } from '../../json.ts'

/** Writes content blocks, each opened, filled and closed; opening one closes the one before. */
export interface BlockWriter {
  text(said: string): string
  think(thought: string): string
  /** Signs the open thinking block and closes it; without one, an empty block carries the signature. */
  sign(signature: string): string
  cite(citation: JsonObject): string
  /** A block that comes in one piece. */
  whole(block: JsonObject): string
  call(call: { id: string; name: string }): string
  /** Arguments of the last call. */
  callArguments(words: string): string
  close(): string
  readonly isThinking: boolean
}

type Kind = 'text' | 'thinking' | 'tool_use'

/** @see https://docs.anthropic.com/en/docs/build-with-claude/streaming */
export function createBlockWriter(): BlockWriter {
  let open: Kind | undefined
  let index = -1
  let callIndex = -1

  const close = (): string => {
    if (open === undefined) return ''
    open = undefined
    return formatEvent('content_block_stop', index, '')
  }
  const start = (kind: Kind | undefined, block: JsonObject): string => {
    const closing = close()
    index += 1
    open = kind
    return closing + formatEvent('content_block_start', index, `,"content_block":${JSON.stringify(block)}`)
  }
  const ensure = (kind: Kind, block: JsonObject): string => (open === kind ? '' : start(kind, block))
  const ensureText = (): string => ensure('text', { type: 'text', text: '' })
  const ensureThinking = (): string => ensure('thinking', { type: 'thinking', thinking: '', signature: '' })

  return {
    text: (text) => ensureText() + formatDelta(index, { type: 'text_delta', text }),
    think: (thinking) => ensureThinking() + formatDelta(index, { type: 'thinking_delta', thinking }),
    sign: (signature) => ensureThinking() + formatDelta(index, { type: 'signature_delta', signature }) + close(),
    cite: (citation) => ensureText() + formatDelta(index, { type: 'citations_delta', citation }),
    whole: (block) => start(undefined, block) + formatEvent('content_block_stop', index, ''),
    call: ({ id, name }) => {
      const events = start('tool_use', { type: 'tool_use', id, name, input: {} })
      callIndex = index
      return events
    },
    callArguments: (words) =>
      words === '' ? '' : formatDelta(callIndex, { type: 'input_json_delta', partial_json: words }),
    close,
    get isThinking() {
      return open === 'thinking'
    },
  }
}

function formatEvent(type: string, index: number, rest: string): string {
  return `event: ${type}\ndata: {"type":"${type}","index":${index}${rest}}\n\n`
}

function formatDelta(index: number, delta: JsonObject): string {
  return formatEvent('content_block_delta', index, `,"delta":${JSON.stringify(delta)}`)
}
