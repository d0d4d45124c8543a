import type { ToolCallDelta } from '../../chat.ts'
import { stringOf, type JsonObject } from '../../json.ts'
import type { WireContext } from '../../wire-format.ts'
import { toStandInArguments } from './custom-tool.ts'
import { calledName } from './namespace-tool.ts'

/** Reads calls of functions and custom tools, each known by the key of its item. */
export interface CallReader {
  /** `undefined` where the item is no call. */
  start(item: JsonObject, key: string): ToolCallDelta | undefined
  words(piece: string, key: string): ToolCallDelta | undefined
  /** The whole call, or what is left of its arguments. */
  end(item: JsonObject, key: string): ToolCallDelta | undefined
  /** Arguments of the calls that never ended. */
  close(): ToolCallDelta[]
  readonly count: number
}

interface Call {
  index: number
  isCustom: boolean
  /** The arguments or the input so far. */
  words: string
  hasEnded: boolean
}

/** The input of a custom tool becomes the arguments of its stand-in, piece by piece. */
const opening = '{"input":"'
const closing = '"}'

export function createCallReader(context: WireContext): CallReader {
  const calls = new Map<string, Call>()

  const open = (item: JsonObject, key: string): ToolCallDelta | undefined => {
    const isCustom = item['type'] === 'custom_tool_call'
    if (!isCustom && item['type'] !== 'function_call') return undefined
    const index = calls.size
    calls.set(key, { index, isCustom, words: '', hasEnded: false })
    const id = stringOf(item['call_id']) || stringOf(item['id']) || `call_${context.createId()}`
    return { index, id, type: 'function', function: { name: calledName(item) ?? '', arguments: '' } }
  }

  return {
    start: (item, key) => (calls.has(key) ? undefined : open(item, key)),
    words: (piece, key) => {
      const call = calls.get(key)
      return call && piece !== '' ? argumentsOf(call, addWords(call, piece)) : undefined
    },
    end: (item, key) => {
      const started = calls.has(key) ? undefined : open(item, key)
      const call = calls.get(key)
      if (call === undefined || call.hasEnded) return undefined
      const rest = argumentsOf(call, endCall(call, stringOf(item[call.isCustom ? 'input' : 'arguments']) ?? ''))
      return started ? { ...started, function: { ...started.function, ...rest.function } } : rest
    },
    close: () =>
      [...calls.values()]
        .filter(({ hasEnded, words }) => !hasEnded && words === '')
        .map((call) => argumentsOf(call, endCall(call, ''))),
    get count() {
      return calls.size
    },
  }
}

function addWords(call: Call, piece: string): string {
  const isFirst = call.words === ''
  call.words += piece
  if (!call.isCustom) return piece
  return (isFirst ? opening : '') + escapeText(piece)
}

/** What the events have left out of `whole`, and the end of it. */
function endCall(call: Call, whole: string): string {
  call.hasEnded = true
  const said = call.words
  const rest = whole.startsWith(said) ? whole.slice(said.length) : ''
  if (!call.isCustom) return said === '' && rest === '' ? '{}' : rest
  return said === '' ? toStandInArguments(whole) : escapeText(rest) + closing
}

const escapeText = (text: string): string => JSON.stringify(text).slice(1, -1)

const argumentsOf = ({ index }: Call, words: string): ToolCallDelta => ({ index, function: { arguments: words } })
