/**
 * Names of the numbers that `enum-encoding=int` puts in place of words.
 * @see https://ai.google.dev/api/generate-content#FinishReason
 */
const names: readonly (string | undefined)[] = [
  undefined,
  'STOP',
  'MAX_TOKENS',
  'SAFETY',
  'RECITATION',
  'OTHER',
  'LANGUAGE',
  'BLOCKLIST',
  'PROHIBITED_CONTENT',
  'SPII',
  'MALFORMED_FUNCTION_CALL',
  'IMAGE_SAFETY',
  'UNEXPECTED_TOOL_CALL',
  'TOO_MANY_TOOL_CALLS',
]

/** A finish reason as a word; `undefined` while there is none. */
export function readFinishReason(value: unknown): string | undefined {
  const word = typeof value === 'number' ? (names[value] ?? (value === 0 ? undefined : `${value}`)) : value
  return typeof word === 'string' && word !== '' && word !== 'FINISH_REASON_UNSPECIFIED' ? word : undefined
}
