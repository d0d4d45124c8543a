/** Tokens of one answer in disjoint classes. */
export interface Usage {
  /** Prompt tokens neither read from nor written to a cache. */
  input: number
  cacheRead: number
  cacheWrite5m: number
  cacheWrite1h: number
  /** Visible output, without reasoning. */
  output: number
  reasoning: number
}

/** Fixed prices, in tokens, of what is not text. */
const attachmentTokens = { image: 85, audio: 100, document: 200 } as const

/** The one rule: a token is a whitespace-separated word. */
export function countWords(text: string): number {
  const trimmed = text.trim()
  return trimmed === '' ? 0 : trimmed.split(/\s+/).length
}

/** A tool definition costs its name (one word) and the words of its description. */
export function countTool(tool: { name: string; description: string }): number {
  return countWords(tool.name) + countWords(tool.description)
}

/** A tool call costs its name and the words of its arguments as JSON text. */
export function countCall(name: string, argumentsText: string): number {
  return countWords(name) + countWords(argumentsText)
}

/** Tokens of an attachment by the start of its media type. */
export function countAttachment(mediaType: string): number {
  if (mediaType.startsWith('image')) return attachmentTokens.image
  return mediaType.startsWith('audio') ? attachmentTokens.audio : attachmentTokens.document
}

/** The whole prompt, cached or not. */
export function promptTokens(usage: Usage): number {
  return usage.input + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h
}
