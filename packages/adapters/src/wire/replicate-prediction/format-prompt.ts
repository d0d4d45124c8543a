import type { ContentPart, Message } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { warnOfDetail } from '../openai-chat/warn-of-detail.ts'

/** A conversation as one prompt: what the user asks where that is all, else a transcript that the model goes on with. */
export function formatPrompt(messages: readonly Message[], warnings: Set<string>): JsonObject {
  const spoken: string[] = []
  const system: string[] = []
  const images: string[] = []
  for (const [index, message] of messages.entries()) {
    const { text, urls } = readContent(message, `messages[${index}].content`)
    warnOfUnsaid(message, warnings)
    images.push(...urls)
    if (message.role === 'system' || message.role === 'developer') system.push(text)
    else spoken.push(`${speakers[message.role] ?? message.role}: ${text}`)
  }
  const [image, second] = images
  if (second !== undefined) {
    throw new WireError('unsupported', 'Models at Replicate take one image in a conversation.', 'messages')
  }
  const [only, next] = spoken
  const isQuestion = next === undefined && only?.startsWith('User: ')
  return {
    prompt: isQuestion ? only?.slice('User: '.length) : [...spoken, 'Assistant:'].join('\n\n'),
    ...(system.length > 0 && { system_prompt: system.join('\n\n') }),
    ...(image !== undefined && { image }),
  }
}

const speakers: Readonly<Record<string, string>> = { user: 'User', assistant: 'Assistant', tool: 'Tool result' }

/** A transcript says who speaks and what; names what else a message has. */
function warnOfUnsaid(message: Message, warnings: Set<string>): void {
  const parts = typeof message.content === 'string' ? [] : (message.content ?? [])
  for (const part of parts) {
    if ('cache_control' in part) warnings.add('cache_control')
    if (part.type === 'image_url') warnOfDetail(part, warnings)
  }
  if ('name' in message && message.role !== 'tool') warnings.add('messages.name')
  if (message.role === 'tool' && message.cache_control) warnings.add('cache_control')
  if (message.role === 'tool' && message.is_error) warnings.add('messages.is_error')
  if (message.role !== 'assistant') return
  if (message.tool_calls?.length) warnings.add('messages.tool_calls')
  if (message.reasoning_content) warnings.add('messages.reasoning_content')
}

function readContent({ content }: Message, param: string): { text: string; urls: string[] } {
  const parts: readonly ContentPart[] =
    typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? [])
  const texts: string[] = []
  const urls: string[] = []
  for (const [index, part] of parts.entries()) {
    if (part.type === 'text') texts.push(part.text)
    else if (part.type === 'image_url') urls.push(part.image_url.url)
    else throw new WireError('unsupported', 'Models at Replicate take text and images only.', `${param}[${index}]`)
  }
  return { text: texts.join('\n'), urls }
}
