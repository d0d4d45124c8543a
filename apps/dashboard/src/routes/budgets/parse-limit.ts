/** A limit as it was entered; nothing is no limit. */
export function parseLimit(text: string): number | null {
  return text.trim() === '' ? null : Number(text)
}
