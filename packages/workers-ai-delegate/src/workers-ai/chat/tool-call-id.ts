/** Fixed, so that conversations kept by workers-ai-provider go on here. */
const marker = '::cf-wai-tool-call::'

/**
 * The id of a tool call for the AI SDK. Some models (Kimi) count from zero in every turn, so a random part makes each id
 * the only one in its conversation.
 */
export function toSdkToolCallId(id: string | undefined, createId: () => string): string {
  return `${id || createId()}${marker}${createId()}`
}

/** The id as the model gave it, from one that `toSdkToolCallId` made; any other id as it is. */
export function toModelToolCallId(id: string): string {
  const end = id.lastIndexOf(marker)
  return end === -1 || end + marker.length === id.length ? id : id.slice(0, end)
}
