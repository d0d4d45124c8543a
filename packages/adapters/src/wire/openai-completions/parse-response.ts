import type { ChatResponse } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import type { WireContext } from '../../wire-format.ts'
import { parseResponse as parseChat } from '../openai-chat/parse-response.ts'
import { toChat } from './to-chat.ts'

/** Reads a completion as the answer of a chat. */
export function parseResponse(body: JsonObject, context: WireContext): ChatResponse {
  return parseChat(toChat(body, 'message'), context)
}
