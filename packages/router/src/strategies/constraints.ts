/** What a target must keep to; names as users write them. All must hold. */
export interface Constraints {
  /** USD per million blended tokens, at most. */
  max_price?: number
  /** Beside what the request needs anyway. */
  capabilities?: readonly string[]
  /** Context window in tokens, at least. */
  context?: number
  /** Runs in one of these; `eu` holds for `eu-west-1` too. */
  region?: string | readonly string[]
  /** With `true`: known to keep nothing. */
  zero_retention?: boolean
  /** Only targets of these patterns. */
  allow?: readonly string[]
  /** No target of these patterns, whatever `allow` says. */
  deny?: readonly string[]
  /** Quality of 0–10, at least. */
  min_quality?: number
}
