import type { ChatUsage } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'

/** Usage in Gemini's classes: thoughts beside the candidates. */
export function formatUsage(usage: ChatUsage): JsonObject {
  const { prompt_tokens_details: prompt = {}, completion_tokens_details: completion = {} } = usage
  const thoughts = completion.reasoning_tokens
  const promptDetails = detailsOf({ AUDIO: prompt.audio_tokens, IMAGE: prompt.image_tokens })
  const candidateDetails = detailsOf({ AUDIO: completion.audio_tokens, IMAGE: completion.image_tokens })
  return {
    promptTokenCount: usage.prompt_tokens,
    candidatesTokenCount: Math.max(0, usage.completion_tokens - (thoughts ?? 0)),
    totalTokenCount: usage.total_tokens,
    ...(thoughts !== undefined && { thoughtsTokenCount: thoughts }),
    ...(prompt.cached_tokens !== undefined && { cachedContentTokenCount: prompt.cached_tokens }),
    ...(promptDetails.length > 0 && { promptTokensDetails: promptDetails }),
    ...(candidateDetails.length > 0 && { candidatesTokensDetails: candidateDetails }),
  }
}

function detailsOf(counts: Record<string, number | undefined>): JsonObject[] {
  return Object.entries(counts).flatMap(([modality, tokenCount]) => (tokenCount ? [{ modality, tokenCount }] : []))
}
