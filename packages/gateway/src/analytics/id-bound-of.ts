/**
 * Ids of requests are UUIDs of version 7: those made from this time on, ms since the epoch, sort behind this text, and
 * earlier ones before it.
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7
 */
export function idBoundOf(at: number): string {
  const time = Math.min(Math.max(Math.floor(at), 0), 0xffff_ffff_ffff)
    .toString(16)
    .padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}`
}
