import type { ToolCallDelta } from '../../chat.ts'
import { parseObject, type JsonObject } from '../../json.ts'
import { readStandInInput } from './custom-tool.ts'
import type { ItemSink } from './item-sink.ts'
import type { ToolNames } from './tool-names.ts'

/** Writes calls of functions and custom tools; several may be open, as their arguments may come interleaved. */
export interface CallWriter {
  write(call: ToolCallDelta): void
  /** Ends the calls whose arguments are whole. */
  settle(): void
  close(status: 'completed' | 'incomplete'): void
}

interface Call {
  id: string
  callId: string
  name: string
  namespace?: string
  index: number
  isCustom: boolean
  words: string
}

/** The input of a custom tool comes in one piece, once the arguments of its stand-in are whole. */
export function createCallWriter(sink: ItemSink, names: ToolNames): CallWriter {
  const open = new Map<number, Call>()
  const known = new Set<number>()

  const start = ({ index, id, function: called }: ToolCallDelta): Call => {
    const flat = called?.name ?? ''
    const isCustom = names.custom.has(flat)
    const name = names.members.get(flat) ?? { name: flat }
    const head = { id: sink.createId(isCustom ? 'ctc' : 'fc'), callId: id ?? sink.createId('call'), ...name }
    const call = { ...head, isCustom, words: '', index: -1 }
    const begun = { ...call, index: sink.open(formatCall(call, 'in_progress')) }
    open.set(index, begun)
    known.add(index)
    return begun
  }
  const end = (key: number, call: Call, status: 'completed' | 'incomplete'): void => {
    endCall(call, status, sink)
    open.delete(key)
  }

  return {
    write: (delta) => {
      const call = open.get(delta.index) ?? (known.has(delta.index) ? undefined : start(delta))
      const words = delta.function?.arguments ?? ''
      if (call === undefined || words === '') return
      call.words += words
      if (call.isCustom) return
      const place = { item_id: call.id, output_index: call.index }
      sink.emit('response.function_call_arguments.delta', { ...place, delta: words })
    },
    settle: () => {
      for (const [key, call] of open) if (parseObject(call.words)) end(key, call, 'completed')
    },
    close: (status) => {
      for (const [key, call] of open) end(key, call, parseObject(call.words) ? 'completed' : status)
    },
  }
}

function endCall(call: Call, status: 'completed' | 'incomplete', sink: ItemSink): void {
  const place = { item_id: call.id, output_index: call.index }
  if (call.isCustom) {
    const input = readStandInInput(call.words)
    sink.emit('response.custom_tool_call_input.delta', { ...place, delta: input })
    sink.emit('response.custom_tool_call_input.done', { ...place, input })
  } else {
    sink.emit('response.function_call_arguments.done', { ...place, name: call.name, arguments: call.words })
  }
  sink.close(call.index, formatCall(call, status))
}

function formatCall(call: Omit<Call, 'index'>, status: string): JsonObject {
  const { id, callId, name, namespace, isCustom, words } = call
  const type = isCustom ? 'custom_tool_call' : 'function_call'
  const head = { id, type, status, call_id: callId, name, ...(namespace !== undefined && { namespace }) }
  if (!isCustom) return { ...head, arguments: words }
  return { ...head, input: status === 'in_progress' ? '' : readStandInInput(words) }
}
