import type { CacheControl, ContentPart, Message } from '../../chat.ts'

/**
 * The message with a breakpoint after the last thing that it says. The AI SDK's OpenAI-compatible providers put
 * `cache_control` on a whole message where its content is one text.
 * @see https://ai-sdk.dev/providers/openai-compatible-providers
 */
export function endInBreakpoint(message: Message, control: CacheControl): Message {
  if (message.role === 'tool') return { ...message, cache_control: control }
  const { content } = message
  if (message.role === 'assistant' && message.tool_calls?.length) {
    const [last, ...others] = message.tool_calls.toReversed()
    return last ? { ...message, tool_calls: [...others.toReversed(), { ...last, cache_control: control }] } : message
  }
  if (typeof content === 'string') {
    return content === '' ? message : { ...message, content: [{ type: 'text', text: content, cache_control: control }] }
  }
  return message.role === 'user' ? { ...message, content: markLast(message.content, control) } : message
}

function markLast(content: string | readonly ContentPart[], control: CacheControl): string | ContentPart[] {
  if (typeof content === 'string') return content
  const last = content.at(-1)
  if (!last || last.type === 'input_audio' || last.cache_control) return [...content]
  return [...content.slice(0, -1), { ...last, cache_control: control }]
}
