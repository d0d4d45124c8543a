import type { AiBinding, GatewayOptions } from '../../ai-binding.ts'

/** What every model of this package is made with. */
export interface ModelConfig {
  /** Name for logs, such as `workersai.chat`. */
  provider: string
  binding: AiBinding
  /** Gateway that the calls go through; a model's own settings add to it and win. */
  gateway?: GatewayOptions | undefined
  /** Ids of text blocks and of tool calls that come without one. Default: 16 random letters and digits. */
  createId?: () => string
  /** Clock of results that state no time themselves. Default: the system's. */
  now?: () => Date
}
