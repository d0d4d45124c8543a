/** A value that a filter compares with; `null` is what is not there. */
export type FilterValue = string | number | boolean | null

/** One condition on rows; several hold together. The names are those of Cloudflare's log filters where it has them. */
export interface LogFilter {
  key: LogFilterKey
  operator: 'eq' | 'neq' | 'contains' | 'lt' | 'gt'
  /** Any of them; with `neq` none of them. `lt` and `gt` take the first. */
  value: readonly FilterValue[]
}

/** What rows can be told apart by, and what it holds. */
export const logFilterKeys = {
  id: 'text',
  event_id: 'text',
  gateway_id: 'text',
  gateway_key_id: 'text',
  user_id: 'text',
  provider: 'text',
  model: 'text',
  requested_model: 'text',
  key_source: 'text',
  provider_key_id: 'text',
  error_type: 'text',
  cache_status: 'text',
  ending: 'text',
  surface: 'text',
  path: 'text',
  usage_source: 'text',
  /** `ok` or `error`. */
  status: 'text',
  status_code: 'number',
  duration_ms: 'number',
  ttft_ms: 'number',
  feedback: 'number',
  score: 'number',
  /** Dollars. */
  cost: 'number',
  input_tokens: 'number',
  output_tokens: 'number',
  stream: 'boolean',
  unchecked: 'boolean',
} as const

export type LogFilterKey = keyof typeof logFilterKeys | `metadata.${string}`

/** Whether rows can be filtered by a key. */
export function isLogFilterKey(key: string): key is LogFilterKey {
  return Object.hasOwn(logFilterKeys, key) || (key.startsWith('metadata.') && key.length > 'metadata.'.length)
}

/** Which classes of tokens go in and which come out. */
export const tokenClasses = {
  input: ['input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'input_audio', 'input_image'],
  output: ['output', 'reasoning', 'output_audio', 'output_image'],
} as const
