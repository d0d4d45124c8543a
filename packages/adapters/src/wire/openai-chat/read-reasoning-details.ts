import type { ReasoningDetail } from '../../chat.ts'
import { compact, objectsOf, stringOf, type JsonObject } from '../../json.ts'

const types = ['reasoning.text', 'reasoning.summary', 'reasoning.encrypted'] as const

/** The `reasoning_details` of a message, delta or request; blocks of an unknown type are passed over. */
export function readReasoningDetails(message: JsonObject): ReasoningDetail[] {
  return objectsOf(message['reasoning_details']).flatMap((detail) => {
    const type = types.find((known) => known === detail['type'])
    if (type === undefined) return []
    const fields = {
      text: stringOf(detail['text']) ?? stringOf(detail['summary']),
      signature: stringOf(detail['signature']),
      data: stringOf(detail['data']),
      id: stringOf(detail['id']),
      format: stringOf(detail['format']),
    }
    return [{ type, ...compact(fields) }]
  })
}
