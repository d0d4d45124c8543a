import type { ChatResponse } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import type { WireContext } from '../../wire-format.ts'
import { parseResponse as parseCompletion } from '../openai-chat/parse-response.ts'
import { toCompletion } from './to-completion.ts'
import { unwrapResult } from './unwrap-result.ts'

/** Reads a result with or without its envelope. */
export function parseResponse(body: JsonObject, context: WireContext): ChatResponse {
  return parseCompletion(toCompletion(unwrapResult(body), context), context)
}
