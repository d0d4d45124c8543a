/** A picture, as a data URL or an address. */
export interface Picture {
  name: string
  url: string
}

/** A tool that the model wants to be called. */
export interface ToolCall {
  id: string
  name: string
  /** JSON, as the model wrote it. */
  arguments: string
}

/** One thing that somebody said. */
export type Turn =
  | { role: 'user'; text: string; pictures: readonly Picture[] }
  | { role: 'assistant'; text: string; toolCalls: readonly ToolCall[] }
  | { role: 'tool'; callId: string; text: string }
