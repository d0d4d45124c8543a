/** How the target of a request was chosen, as the row keeps it; names are those of the log API. */
export interface RoutingRecord {
  /** The strategy that chose, such as `balanced`. */
  strategy?: string
  /** Why the chosen one won, and over how many. */
  reason?: string
  candidates?: number
  /** What a model had to be capable of, and the estimate of what it had to read and write, tokens. */
  needs?: readonly string[]
  input_tokens?: number
  output_tokens?: number
  /** The dynamic route, and the elements that the request passed, in order. */
  route?: { name: string; version_id: string; path: readonly string[] }
  /** Targets that failed, why, and where the request went then. */
  fallbacks?: readonly { from: string; error_type: string; to: string }[]
}
