import type { ChatUsage } from '../../chat.ts'
import { numberOf, objectsOf, type JsonObject } from '../../json.ts'

/**
 * Gemini counts cached tokens inside the prompt, thoughts beside the candidates and what its tools read beside the prompt.
 * `undefined` when it has no counts yet.
 */
export function toChatUsage(usage: JsonObject): ChatUsage | undefined {
  const base = numberOf(usage['promptTokenCount'])
  const candidates = numberOf(usage['candidatesTokenCount'])
  const thoughts = numberOf(usage['thoughtsTokenCount'])
  const total = numberOf(usage['totalTokenCount'])
  if (base === undefined && candidates === undefined && total === undefined) return undefined
  const prompt = (base ?? 0) + (numberOf(usage['toolUsePromptTokenCount']) ?? 0)
  const completion = (candidates ?? 0) + (thoughts ?? 0)
  const promptDetails = readPromptDetails(usage)
  const completionDetails = {
    ...(thoughts !== undefined && { reasoning_tokens: thoughts }),
    ...countsOf(usage['candidatesTokensDetails']),
  }
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: total ?? prompt + completion,
    ...(hasFields(promptDetails) && { prompt_tokens_details: promptDetails }),
    ...(hasFields(completionDetails) && { completion_tokens_details: completionDetails }),
  }
}

/** Audio and images without their cached part, which `cached_tokens` holds. */
function readPromptDetails(usage: JsonObject): NonNullable<ChatUsage['prompt_tokens_details']> {
  const cached = numberOf(usage['cachedContentTokenCount'])
  const media = countsOf(usage['promptTokensDetails'])
  const cachedMedia = countsOf(usage['cacheTokensDetails'])
  const audio = (media.audio_tokens ?? 0) - (cachedMedia.audio_tokens ?? 0)
  const image = (media.image_tokens ?? 0) - (cachedMedia.image_tokens ?? 0)
  return {
    ...(cached !== undefined && { cached_tokens: cached }),
    ...(audio > 0 && { audio_tokens: audio }),
    ...(image > 0 && { image_tokens: image }),
  }
}

interface MediaCounts {
  audio_tokens?: number
  image_tokens?: number
}

/** Modalities come as words, or as numbers with `enum-encoding=int`. */
function countsOf(details: unknown): MediaCounts {
  const sum = (word: string, code: number): number =>
    objectsOf(details)
      .filter(({ modality }) => modality === word || modality === code)
      .reduce((total, { tokenCount }) => total + (numberOf(tokenCount) ?? 0), 0)
  const audio = sum('AUDIO', 4)
  const image = sum('IMAGE', 2)
  return { ...(audio > 0 && { audio_tokens: audio }), ...(image > 0 && { image_tokens: image }) }
}

const hasFields = (counts: object): boolean => Object.keys(counts).length > 0
