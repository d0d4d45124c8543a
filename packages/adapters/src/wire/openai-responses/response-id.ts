import type { WireContext } from '../../wire-format.ts'

/** The id of a response: its own, or a new one. Ids of other APIs are not unique on every server, and callers go on by them. */
export function responseId(id: string, context: WireContext): string {
  return id.startsWith('resp_') ? id : `resp_${context.createId()}`
}
