/** JSON in which big integers are strings of digits and buffers are lists of numbers, as the gateway takes them. */
export function stringifyJson(value: unknown): string {
  return JSON.stringify(value, function replace(this: unknown, key: string, field: unknown) {
    if (typeof field === 'bigint') return field.toString()
    // As it was before its own `toJSON`: that of Node's buffers makes an object.
    const given: unknown = Object(this)[key]
    if (given instanceof ArrayBuffer) return [...new Uint8Array(given)]
    return given instanceof Uint8Array ? [...given] : field
  })
}
