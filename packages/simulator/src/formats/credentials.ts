/** The token of `Authorization: Bearer …`; undefined when absent or of another scheme. */
export function bearer(headers: Headers): string | undefined {
  return /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
}
