import { parseObject } from '../../json.ts'
import type { StreamDecoder, WireContext } from '../../wire-format.ts'
import { createDecoder as createChatDecoder } from '../openai-chat/create-decoder.ts'
import { toChat } from './to-chat.ts'

/** Reads the events of a streamed completion as those of a chat. */
export function createDecoder(context: WireContext): StreamDecoder {
  const chat = createChatDecoder(context)
  return {
    push: (event) => {
      const body = parseObject(event.data)
      return chat.push(body && Array.isArray(body['choices']) ? { data: JSON.stringify(toChat(body, 'delta')) } : event)
    },
    end: () => chat.end(),
    get finished() {
      return chat.finished
    },
  }
}
