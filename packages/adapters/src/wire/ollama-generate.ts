import { parseObject, type JsonObject } from '../json.ts'
import { WireError } from '../wire-error.ts'
import type { WireFormat } from '../wire-format.ts'
import { ollamaChat } from './ollama-chat.ts'
import { toChatLine, toChatRequest, toGenerateLine } from './ollama-generate/to-chat.ts'

/**
 * Ollama's API for one prompt: a chat of a single turn in other words. The `context` of its answers is tokens of the
 * model that gave them, so callers of other models get none.
 * @see https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-completion
 */
export const ollamaGenerate: WireFormat = {
  ...ollamaChat,
  id: 'ollama-generate',
  turns: 'prompt',
  path: () => '/api/generate',
  parseRequest: (body, context) => ollamaChat.parseRequest(toChatRequest(body), context),
  formatResponse: (response, context) => toGenerateLine(ollamaChat.formatResponse(response, context)),
  createEncoder: (request, context) => {
    const encoder = ollamaChat.createEncoder(request, context)
    return {
      push: (chunk) => mapLines(encoder.push(chunk), toGenerateLine),
      error: (error) => encoder.error(error),
      end: () => mapLines(encoder.end(), toGenerateLine),
    }
  },
  formatRequest: () => {
    throw new WireError('unsupported', 'Only one who asks with a prompt is answered to it: use the chat API.')
  },
  parseResponse: (body, context) => ollamaChat.parseResponse(toChatLine(body), context),
  createDecoder: (context) => {
    const decoder = ollamaChat.createDecoder(context)
    return {
      push: ({ data }) => decoder.push({ data: mapLines(data, toChatLine) }),
      end: () => decoder.end(),
      get finished() {
        return decoder.finished
      },
    }
  },
}

/** Each line that is an object, changed. */
function mapLines(text: string, change: (line: JsonObject) => JsonObject): string {
  const lines = text.split('\n').map((line) => {
    const body = parseObject(line)
    return body ? JSON.stringify(change(body)) : line
  })
  return lines.join('\n')
}
