/** An answer's id with the prefix that Messages clients expect. */
export function toMessageId(id: string): string {
  return id.startsWith('msg_') ? id : `msg_${id}`
}
