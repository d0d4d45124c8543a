import type { ContentPart, Message } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'

/** A conversation as one prompt: what the user asks where that is all, else a transcript that the model goes on with. */
export function formatPrompt(messages: readonly Message[], warnings: Set<string>): JsonObject {
  const spoken: string[] = []
  const system: string[] = []
  const images: string[] = []
  for (const [index, message] of messages.entries()) {
    const { text, urls } = readContent(message, `messages[${index}].content`)
    images.push(...urls)
    if (message.role === 'system' || message.role === 'developer') system.push(text)
    else spoken.push(`${speakerOf(message, warnings)}: ${text}`)
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

function speakerOf(message: Message, warnings: Set<string>): string {
  if (message.role === 'assistant' && message.tool_calls?.length) warnings.add('messages.tool_calls')
  if (message.role === 'assistant' && message.reasoning_content) warnings.add('messages.reasoning_content')
  return speakers[message.role] ?? message.role
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
