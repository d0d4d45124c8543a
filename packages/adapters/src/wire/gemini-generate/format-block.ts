import type { Choice } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { blockPrefix } from './read-block.ts'

type Ending = Pick<Choice, 'native_finish_reason'> & { refusal: string | null | undefined }

/** The `promptFeedback` of a choice that ended because its prompt was refused, the inverse of `readBlock`. */
export function formatBlock({ native_finish_reason: native, refusal }: Ending): JsonObject | undefined {
  if (!native?.startsWith(blockPrefix)) return undefined
  return { blockReason: native.slice(blockPrefix.length), ...(refusal && { blockReasonMessage: refusal }) }
}
