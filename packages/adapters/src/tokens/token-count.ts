import { isObject, numberOf, type JsonObject } from '../json.ts'

/** How a vendor counts the tokens of a chat request instead of answering it. */
export interface TokenCountApi {
  /** Path below `basePath`, or a whole URL. */
  path(model: string): string
  /** How the body names the model, where it does otherwise than the caller. */
  nameOf?(model: string): string
  /** The request to count for a chat request in the vendor's dialect. */
  encode(chat: JsonObject, model: string): JsonObject
}

/** How callers of a chat format ask for a count. */
export interface TokenCountFormat {
  /** The chat request that is to be counted. */
  chatOf(body: JsonObject): JsonObject
  /** The caller's body for another model. */
  rename(body: JsonObject, model: string): JsonObject
  formatCount(tokens: number): JsonObject
}

/** The count in a vendor's answer, whatever it is called there. */
export function readTokenCount({ input_tokens, totalTokens, inputTokens }: JsonObject): number | undefined {
  return numberOf(input_tokens) ?? numberOf(totalTokens) ?? numberOf(inputTokens)
}

/** Fields of a message that count; others are refused. */
const counted: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'system',
  'tools',
  'tool_choice',
  'thinking',
  'output_config',
  'mcp_servers',
  'context_management',
  'cache_control',
])

/** @see https://docs.anthropic.com/en/api/messages-count-tokens */
export const anthropicCount: TokenCountApi & TokenCountFormat = {
  path: () => '/messages/count_tokens',
  encode: (chat) => Object.fromEntries(Object.entries(chat).filter(([field]) => counted.has(field))),
  chatOf: (body) => body,
  rename: (body, model) => ({ ...body, model }),
  formatCount: (tokens) => ({ input_tokens: tokens }),
}

/** @see https://ai.google.dev/api/tokens */
export const geminiCount: TokenCountApi & TokenCountFormat = {
  path: (model) => `/models/${model}:countTokens`,
  encode: (chat, model) => ({ generateContentRequest: { ...chat, model: `models/${model}` } }),
  chatOf: ({ generateContentRequest: whole, ...body }) => (isObject(whole) ? whole : body),
  rename: ({ generateContentRequest: whole, ...body }, model) => ({
    ...body,
    ...(isObject(whole) && { generateContentRequest: { ...whole, model: `models/${model}` } }),
  }),
  formatCount: (tokens) => ({ totalTokens: tokens }),
}

/** @see https://platform.openai.com/docs/api-reference/responses/input-tokens */
export const responsesCount: TokenCountApi & TokenCountFormat = {
  path: () => '/responses/input_tokens',
  encode: ({ max_output_tokens: _, stream: __, store: ___, include: ____, ...body }) => body,
  chatOf: (body) => body,
  rename: (body, model) => ({ ...body, model }),
  formatCount: (tokens) => ({ object: 'response.input_tokens', input_tokens: tokens }),
}
