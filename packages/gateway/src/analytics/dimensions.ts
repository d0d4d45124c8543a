/** What the roll-ups tell requests apart by. A request that has none of one counts under the empty text. */
export const dimensions = [
  'gateway_id',
  'gateway_key_id',
  'user_id',
  'provider',
  'model',
  'key_source',
  'provider_key_id',
  'error_type',
  'cache_status',
] as const

export type Dimension = (typeof dimensions)[number]

/** An entry of the requests' metadata, such as `metadata.team`. */
export type MetadataKey = `metadata.${string}`

export type GroupKey = Dimension | MetadataKey

/** Whether a key names one of the dimensions. */
export function isDimension(key: string): key is Dimension {
  return dimensions.some((dimension) => dimension === key)
}

/** Whether a key names an entry of the metadata. */
export function isMetadataKey(key: string): key is MetadataKey {
  return key.startsWith('metadata.') && key.length > 'metadata.'.length
}
