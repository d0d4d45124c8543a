/** What was kept of an answer, and what it once cost. */
export interface KeptAnswer {
  status: number
  /** That the body needs, such as its type. */
  headers: readonly (readonly [string, string])[]
  provider: string
  /** `null` where the request named none. */
  model: string | null
  /** The model that said to have answered, where the request named none. */
  answeredModel: string | null
  step: number
  /** The caller asked for a stream. */
  stream: boolean
  warnings: readonly string[]
  /** What the answer cost, nano-USD; `null` where nobody knows. */
  costNanoUsd: number | null
  /** How long it took, ms. */
  durationMs: number
  body: Uint8Array<ArrayBuffer>
}
