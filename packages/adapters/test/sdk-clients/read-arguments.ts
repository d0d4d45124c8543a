import { parseObject, type JsonObject } from '../../src/json.ts'

/** Arguments as an object; as text where they were cut. */
export function readArguments(words: string): JsonObject | string {
  return parseObject(words) ?? words
}
