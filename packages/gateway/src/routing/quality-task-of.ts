import type { ChatRequest } from '@gw/adapters'
import type { Capability, QualityTask } from '@gw/catalog'

/** By which of its qualities a model is to be chosen: what a request asks for says most of what it is. */
export function qualityTaskOf(
  needs: readonly Capability[],
  { reasoning_effort: effort = 'none', thinking }: Pick<ChatRequest, 'reasoning_effort' | 'thinking'> = {},
): QualityTask {
  if (needs.includes('vision') || needs.includes('pdf')) return 'vision'
  const reasons = thinking ? thinking.type !== 'disabled' : effort !== 'none' && effort !== 'minimal'
  if (reasons) return 'reasoning'
  return needs.includes('json_schema') ? 'extraction' : 'chat'
}
