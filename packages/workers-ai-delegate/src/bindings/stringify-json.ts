/** JSON in which big integers are strings of digits and buffers are lists of numbers, as the gateway takes them. */
export function stringifyJson(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) => {
    if (typeof field === 'bigint') return field.toString()
    if (field instanceof ArrayBuffer) return [...new Uint8Array(field)]
    return field instanceof Uint8Array ? [...field] : field
  })
}
