/**
 * UUIDs of version 7: ids of one isolate grow even within a millisecond, so that they sort by time.
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7
 */
export function createIdFactory(now: () => number, random: (bytes: Uint8Array<ArrayBuffer>) => void): () => string {
  let lastMs = 0
  let counter = 0
  return () => {
    const bytes = new Uint8Array(10)
    random(bytes)
    const ms = Math.max(now(), lastMs)
    counter = ms === lastMs ? counter + 1 : ((bytes[0] ?? 0) << 3) & 0x3ff
    lastMs = counter > 0xfff ? ms + 1 : ms
    if (counter > 0xfff) counter = 0

    const time = lastMs.toString(16).padStart(12, '0')
    const sequence = counter.toString(16).padStart(3, '0')
    const rest = Array.from(bytes.subarray(1, 9), (byte) => byte.toString(16).padStart(2, '0')).join('')
    const variant = ((Number.parseInt(rest.slice(0, 1), 16) & 0x3) | 0x8).toString(16)
    return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence}-${variant}${rest.slice(1, 4)}-${rest.slice(4)}`
  }
}
