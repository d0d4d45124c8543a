import type { ContentPart, Message, TextPart, ToolMessage } from '../../chat.ts'

/**
 * For formats whose tool results hold text only: what else a tool returned follows, as the user's words, after the last
 * result of the turn. Results must stay together, directly behind the calls that they answer.
 */
export function liftToolMedia(messages: readonly Message[]): Message[] {
  const lifted: Message[] = []
  let media: ContentPart[] = []
  for (const message of messages) {
    if (message.role !== 'tool' && media.length > 0) {
      lifted.push({ role: 'user', content: media })
      media = []
    }
    if (message.role !== 'tool' || typeof message.content === 'string') {
      lifted.push(message)
      continue
    }
    lifted.push({ ...message, content: textOf(message) })
    media = [...media, ...message.content.filter((part) => part.type !== 'text')]
  }
  return media.length > 0 ? [...lifted, { role: 'user', content: media }] : lifted
}

function textOf({ content }: ToolMessage): ToolMessage['content'] {
  if (typeof content === 'string') return content
  const texts = content.filter((part): part is TextPart => part.type === 'text')
  const [only, second] = texts
  return second ? texts : (only?.text ?? '')
}
