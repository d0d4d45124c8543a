/**
 * Thinking blocks are the one place where a Messages client keeps what another vendor signed. What isn't Anthropic's own
 * carries the mark `gw:<format>:` there, and loses it when the client sends it back.
 */
export function wrapForeign(format: string, value: string): string {
  return `gw:${format}:${value}`
}

/** The inverse of `wrapForeign`; `undefined` for a value without the mark. */
export function unwrapForeign(value: string): { format: string; value: string } | undefined {
  const [, format, rest] = /^gw:([^:]*):(.*)$/s.exec(value) ?? []
  return format === undefined || rest === undefined ? undefined : { format, value: rest }
}
