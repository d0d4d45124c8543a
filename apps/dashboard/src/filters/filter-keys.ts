/** What kind of value a key has, which decides how it is written and read. */
export type FilterKind = 'text' | 'number' | 'usd' | 'ms' | 'flag' | 'thumb'

/** A key of the search grammar. */
export interface FilterKey {
  /** As people write it. */
  word: string
  /** As the API calls it. */
  key: string
  kind: FilterKind
  label: string
  /** Analytics know it too, so that charts can be grouped and filtered by it. */
  isDimension: boolean
  /** The words that it can have, where they are few. */
  values?: readonly string[]
}

const errorTypes = [
  'rate_limit',
  'quota_exceeded',
  'auth',
  'model_not_found',
  'context_length',
  'content_filter',
  'invalid_request',
  'timeout',
  'upstream_error',
]
const keySources = ['request', 'user', 'org', 'system_tier', 'system', 'environment', 'free']
const endings = ['complete', 'truncated', 'client_gone', 'upstream_error', 'rejected']

const text = (word: string, key: string, label: string): FilterKey => ({
  word,
  key,
  kind: 'text',
  label,
  isDimension: false,
})
const dimension = (word: string, key: string, label: string): FilterKey => ({
  ...text(word, key, label),
  isDimension: true,
})

/** Every key but metadata, whose names are the callers' own: `meta.<name>`. */
export const filterKeys: readonly FilterKey[] = [
  dimension('provider', 'provider', 'Provider'),
  dimension('model', 'model', 'Model'),
  { word: 'status', key: 'status', kind: 'text', label: 'Status', isDimension: false, values: ['ok', 'error'] },
  { ...dimension('error', 'error_type', 'Error type'), values: errorTypes },
  dimension('user', 'user_id', 'User'),
  dimension('key', 'gateway_key_id', 'Gateway key'),
  dimension('gateway', 'gateway_id', 'Gateway'),
  { ...dimension('cache', 'cache_status', 'Cache'), values: ['HIT', 'MISS'] },
  { ...dimension('key_source', 'key_source', 'Key source'), values: keySources },
  dimension('provider_key', 'provider_key_id', 'Provider key'),
  { word: 'cost', key: 'cost', kind: 'usd', label: 'Cost', isDimension: false },
  { word: 'duration', key: 'duration_ms', kind: 'ms', label: 'Duration', isDimension: false },
  { word: 'ttft', key: 'ttft_ms', kind: 'ms', label: 'Time to first token', isDimension: false },
  { word: 'input', key: 'input_tokens', kind: 'number', label: 'Input tokens', isDimension: false },
  { word: 'output', key: 'output_tokens', kind: 'number', label: 'Output tokens', isDimension: false },
  { word: 'code', key: 'status_code', kind: 'number', label: 'Status code', isDimension: false },
  { word: 'stream', key: 'stream', kind: 'flag', label: 'Stream', isDimension: false, values: ['true', 'false'] },
  { word: 'ending', key: 'ending', kind: 'text', label: 'Ending', isDimension: false, values: endings },
  text('surface', 'surface', 'Surface'),
  text('requested', 'requested_model', 'Requested model'),
  { word: 'score', key: 'score', kind: 'number', label: 'Score', isDimension: false },
  text('path', 'path', 'Path'),
  { word: 'feedback', key: 'feedback', kind: 'thumb', label: 'Feedback', isDimension: false, values: ['up', 'down'] },
  text('id', 'id', 'Log id'),
  text('event', 'event_id', 'Event id'),
]

/** The key that a word stands for; names below `meta.` and `metadata.` are the callers' own. */
export function findKeyByWord(word: string): FilterKey | undefined {
  const [, name] = /^meta(?:data)?\.(.+)$/.exec(word) ?? []
  if (name !== undefined) return metadataKey(name)
  return filterKeys.find((one) => one.word === word || one.key === word)
}

/** What is known of one of the API's keys. */
export function findKey(key: string): FilterKey {
  const [, name] = /^metadata\.(.+)$/.exec(key) ?? []
  if (name !== undefined) return metadataKey(name)
  return filterKeys.find((one) => one.key === key) ?? text(key, key, key)
}

function metadataKey(name: string): FilterKey {
  return { word: `meta.${name}`, key: `metadata.${name}`, kind: 'text', label: name, isDimension: true }
}
