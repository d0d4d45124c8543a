import { isObject, stringOf, type JsonObject } from '../../json.ts'
import { readForeignSecret } from './foreign-secret.ts'

/**
 * A request without the reasoning that other vendors signed, which we handed out as `encrypted_content`: who speaks the
 * format itself would refuse it. The same object when there is none.
 */
export function dropForeignReasoning(body: JsonObject): JsonObject {
  const { input } = body
  if (!Array.isArray(input) || !input.some(isForeign)) return body
  return { ...body, input: input.filter((item) => !isForeign(item)) }
}

function isForeign(item: unknown): boolean {
  const encrypted = isObject(item) && item['type'] === 'reasoning' ? stringOf(item['encrypted_content']) : undefined
  return encrypted !== undefined && readForeignSecret(encrypted) !== undefined
}
