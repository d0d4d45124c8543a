import type { Message, SystemMessage, ToolMessage, UserMessage } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { formatAssistant } from './format-assistant.ts'
import { formatId } from './format-id.ts'
import { formatPart } from './format-part.ts'
import { formatToolResult } from './format-tool-result.ts'

interface ContentsContext {
  generation: number
  warnings: Set<string>
}

interface Contents {
  contents: JsonObject[]
  systemInstruction: JsonObject | undefined
}

/** System messages from anywhere become `systemInstruction`; results of parallel calls share one content. */
export function formatContents(messages: readonly Message[], context: ContentsContext): Contents {
  const instructions: JsonObject[] = []
  const contents: { role: string; parts: JsonObject[] }[] = []
  const names = new Map<string, string>()
  let previous: Message['role'] | undefined
  for (const [index, message] of messages.entries()) {
    const place = { ...context, param: `messages[${index}].content` }
    if (isSystem(message)) {
      instructions.push(...partsOf(message, place))
      continue
    }
    if (message.role === 'assistant')
      for (const call of message.tool_calls ?? []) names.set(call.id, call.function.name)
    const parts = formatMessage(message, { ...place, names })
    const last = contents.at(-1)
    if (message.role === 'tool' && previous === 'tool' && last) last.parts.push(...parts)
    else if (parts.length > 0) contents.push({ role: message.role === 'assistant' ? 'model' : 'user', parts })
    previous = message.role
  }
  return {
    contents: contents.length > 0 ? contents.map((content) => ({ ...content })) : [silence],
    systemInstruction: instructions.length > 0 ? { parts: instructions } : undefined,
  }
}

/** The API wants a content, and takes one that says nothing. */
const silence: JsonObject = { role: 'user', parts: [{ text: '' }] }

const isSystem = (message: Message): message is SystemMessage =>
  message.role === 'system' || message.role === 'developer'

interface MessageContext extends ContentsContext {
  param: string
  /** The function of each call so far, by call id. */
  names: ReadonlyMap<string, string>
}

function formatMessage(message: Exclude<Message, SystemMessage>, context: MessageContext): JsonObject[] {
  if (message.role === 'tool') return formatToolResult(message, { ...context, name: nameOf(message, context) })
  if (message.native?.format === formatId) return message.native.content
  if (message.native) context.warnings.add(context.param)
  if (message.role === 'assistant') return formatAssistant(message, context)
  if (message.name !== undefined) context.warnings.add('messages.name')
  return partsOf(message, context)
}

/** Gemini names the function where others name the call. */
function nameOf({ tool_call_id, name }: ToolMessage, { names }: MessageContext): string {
  return names.get(tool_call_id) ?? name ?? tool_call_id
}

function partsOf({ content }: UserMessage | SystemMessage, context: ContentsContext & { param: string }): JsonObject[] {
  if (typeof content === 'string') return content === '' ? [] : [{ text: content }]
  return content.flatMap((part, index) => {
    if (part.type === 'text' && part.text === '') return []
    return [formatPart(part, { ...context, param: `${context.param}[${index}]` })]
  })
}
