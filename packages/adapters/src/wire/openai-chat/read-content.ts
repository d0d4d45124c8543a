import { objectsOf, stringOf, type JsonObject } from '../../json.ts'

export interface MessageContent {
  content?: string | null
  reasoning?: string
}

/**
 * The text and reasoning of an OpenAI-shaped message or delta, whatever its author made of `content`: a string, an
 * array of parts (Mistral), an object (Workers AI in JSON mode), or nothing.
 */
export function readContent(message: JsonObject): MessageContent {
  const { content } = message
  const named = stringOf(message['reasoning_content']) ?? stringOf(message['reasoning'])
  if (Array.isArray(content)) {
    const parts = objectsOf(content)
    const text = parts.filter(({ type }) => type === 'text').map(({ text }) => stringOf(text) ?? '')
    const thoughts = parts
      .filter(({ type }) => type === 'thinking')
      .flatMap(({ thinking }) =>
        typeof thinking === 'string' ? [thinking] : objectsOf(thinking).map(({ text }) => stringOf(text) ?? ''),
      )
    const reasoning = thoughts.length > 0 ? thoughts.join('') : named
    return { content: text.join(''), ...(reasoning !== undefined && { reasoning }) }
  }
  const text = typeof content === 'object' && content !== null ? JSON.stringify(content) : content
  return {
    ...((typeof text === 'string' || text === null) && { content: text }),
    ...(named !== undefined && { reasoning: named }),
  }
}
