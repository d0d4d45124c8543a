/** A part of a message's content. */
export type ContentPart = { type: 'text'; text: string } | { type: 'image_url'; image_url: { url: string } }

/** A call of a function, as a message repeats it. */
export interface MessageToolCall {
  id: string
  type: 'function'
  function: { name: string; arguments: string }
}

/** A message of a run. Content is never null: the binding refuses that. */
export type RunMessage =
  | { role: 'system'; content: string }
  | { role: 'user'; content: string | ContentPart[] }
  | { role: 'assistant'; content: string; reasoning?: string; tool_calls?: MessageToolCall[] }
  | { role: 'tool'; name: string; content: string; tool_call_id: string }
