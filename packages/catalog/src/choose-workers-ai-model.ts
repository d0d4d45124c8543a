import { explainWorkersAIModel, type WorkersAINeeds } from './explain-workers-ai-model.ts'
import type { Model } from './to-model.ts'

/**
 * The best chat model of Workers AI that a request can have for free: with all it needs, a context window that fits, and
 * within the neurons that are left; never one that needs the paid plan. `undefined` when there is none.
 *
 * @example
 * chooseWorkersAIModel({ needs: ['tools'], inputTokens: 900, outputTokens: 256, neuronsLeft: 9_000_000, at: Date.now() })
 */
export function chooseWorkersAIModel(request: WorkersAINeeds): Model | undefined {
  const [best] = explainWorkersAIModel(request)
  return best && best.rejection === undefined ? best.model : undefined
}
