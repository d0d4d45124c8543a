import type { JSONSchema7 } from 'ai'

/** A question that every SDK can put. */
export interface Ask {
  model: string
  text: string
  /** Data URL of a PNG. */
  image?: string
  tools?: readonly ToolSpec[]
  /** The answer must be JSON of this shape. */
  schema?: JSONSchema7
  reasoning?: boolean
}

export interface ToolSpec {
  name: string
  description: string
  schema: JSONSchema7 & { type: 'object' }
}

export interface ToolCall {
  id: string
  name: string
  input: unknown
}

/** What an SDK made of the answer. */
export interface Told {
  text: string
  reasoning: string
  calls: ToolCall[]
  /** In the SDK's own words. */
  finish: string | null | undefined
  usage: { input: number | undefined; output: number | undefined; reasoning: number | undefined }
  /** How many pieces of text, and of tool arguments, a stream came in; 1 where it was no stream. */
  pieces: { text: number; toolArguments: number }
}

/** How an SDK reports that a request failed. */
export interface Failed {
  errorClass: string
  status: number | undefined
  retryAfter: string | null | undefined
  message: string
}

/** One SDK, used as its documentation says, pointed at the gateway. */
export interface ChatDriver {
  sdk: string
  /** Its word for an answer that is complete, and for one that ends in tool calls. */
  finish: { stop: string; tools: string }
  /** What it calls the errors of these statuses. */
  errors: Record<401 | 404 | 429, string>
  /** Whether the SDK has a place for the text of reasoning, by the format of the provider. */
  showsReasoning(format: string): boolean
  /** Status for a model that a provider does not have, by its format. Default: 404. */
  statusOfMissing?: Readonly<Record<string, number>>
  /** The format has calls only whole, also in a stream. Default: `false`. */
  hasWholeCalls?: boolean
  /** The SDK's errors keep no headers. Default: `false`. */
  losesHeaders?: boolean
  /** With reasoning it also asks for a summary of it, which shows what a provider else hides. Default: `false`. */
  asksForSummary?: boolean
  /** The format has one count for text and reasoning. Default: `false`. */
  countsAllOutputAsOne?: boolean
  ask(ask: Ask): Promise<Told>
  stream(ask: Ask): Promise<Told>
  /** Asks, answers each tool call with what `run` gives, and asks again with the results. */
  runTools(ask: Ask, run: (call: ToolCall) => string): Promise<{ first: Told; last: Told }>
  /** The same, both answers streamed. */
  streamTools(ask: Ask, run: (call: ToolCall) => string): Promise<{ first: Told; last: Told }>
  /** Asks for what must fail. Rejects when it did not. */
  fail(ask: Ask, apiKey?: string): Promise<Failed>
}

/** A pixel. */
export const pngDataUrl =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

export const whole = { text: 1, toolArguments: 1 }
