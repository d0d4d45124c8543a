/** How callers ask a vendor for what it has not released yet. */
export interface Betas {
  /** Lower-case header name. */
  header: string
  /** The values that the vendor takes; it refuses whole requests for others. Default all. */
  allowed?: ReadonlySet<string>
  /** They go into the body under the name that the dialect's `encode` gives them, and not into a header. */
  inBody?: boolean
}

/** @see https://docs.anthropic.com/en/api/beta-headers */
export const anthropicBetas: Betas = { header: 'anthropic-beta' }

/**
 * What Claude on other clouds takes.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html
 * @see https://platform.claude.com/docs/en/build-with-claude/overview
 */
export const cloudBetas: ReadonlySet<string> = new Set([
  'computer-use-2024-10-22',
  'computer-use-2025-01-24',
  'computer-use-2025-11-24',
  'token-efficient-tools-2025-02-19',
  'output-128k-2025-02-19',
  'interleaved-thinking-2025-05-14',
  'dev-full-thinking-2025-05-14',
  'fine-grained-tool-streaming-2025-05-14',
  'context-1m-2025-08-07',
  'context-management-2025-06-27',
  'effort-2025-11-24',
  'tool-search-tool-2025-10-19',
  'tool-examples-2025-10-29',
])

/** @see https://platform.openai.com/docs/api-reference */
export const openaiBetas: Betas = { header: 'openai-beta' }
