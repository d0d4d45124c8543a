/** An id of a tool call as the API takes it: letters, digits, `_` and `-`, at most 64 of them. */
export function toToolId(id: string): string {
  return id.replaceAll(/[^\w-]/g, '_').slice(-64)
}
