import type { LanguageModelV4CallOptions, SharedV4Warning } from '@ai-sdk/provider'

type Effort = 'low' | 'medium' | 'high' | null

const efforts: Readonly<Record<string, Effort>> = {
  none: null,
  minimal: 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'high',
  max: 'high',
}

/**
 * The AI SDK's `reasoning` as Workers AI's effort, which knows three levels and `null` for none; a level that is only the
 * nearest one gets a warning. `undefined` where the model's own default applies.
 */
export function toReasoningEffort(
  reasoning: LanguageModelV4CallOptions['reasoning'],
  warnings: SharedV4Warning[],
): Effort | undefined {
  const effort = reasoning === undefined ? undefined : efforts[reasoning]
  if (effort && effort !== reasoning) {
    const details = `Workers AI knows the efforts low, medium and high: "${reasoning}" was sent as "${effort}".`
    warnings.push({ type: 'compatibility', feature: 'reasoning', details })
  }
  return effort
}
