import type { ChatRequest } from '../../chat.ts'
import { compact, objectOf, stringOf, stringsOf, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { formatId } from './format-id.ts'
import { formatThinking } from './format-thinking.ts'

interface ConfigContext {
  model: string
  generation: number
  warnings: Set<string>
}

/** @throws WireError `unsupported` for more than five stop sequences. */
export function formatGenerationConfig(request: ChatRequest, context: ConfigContext): JsonObject {
  const { stop, warnings } = { ...request, ...context }
  if (stop && stop.length > 5) {
    throw new WireError('unsupported', 'Gemini takes five stop sequences at most.', 'stop')
  }
  if (request.parallel_tool_calls === false) warnings.add('parallel_tool_calls')
  if (request.user !== undefined) warnings.add('user')
  if (request.service_tier !== undefined && !['auto', 'default'].includes(request.service_tier)) {
    warnings.add('service_tier')
  }
  return compact({
    temperature: request.temperature,
    topP: request.top_p,
    topK: request.top_k,
    maxOutputTokens: request.max_completion_tokens,
    stopSequences: stop?.length ? stop : undefined,
    candidateCount: request.n,
    seed: request.seed,
    presencePenalty: request.presence_penalty,
    frequencyPenalty: request.frequency_penalty,
    responseLogprobs: request.logprobs,
    logprobs: request.logprobs ? request.top_logprobs : undefined,
    ...formatResponseFormat(request),
    ...formatModalities(request, warnings),
    thinkingConfig: formatThinking(request, context),
  })
}

function formatResponseFormat({ response_format: format }: ChatRequest): JsonObject {
  if (format === undefined || format.type === 'text') return {}
  const schema = format.type === 'json_schema' ? format.json_schema.schema : undefined
  return { responseMimeType: 'application/json', responseJsonSchema: schema }
}

/** OpenAI's `modalities` and `audio`: what kinds of answer are wanted, and in whose voice. */
function formatModalities({ extra, extra_format }: ChatRequest, warnings: Set<string>): JsonObject {
  if (extra === undefined || extra_format === formatId) return {}
  const modalities = stringsOf(extra['modalities'])
  const audio = objectOf(extra['audio'])
  const voiceName = stringOf(audio?.['voice'])
  const isPlain = modalities.every((modality) => modality === 'text')
  if (audio?.['format'] !== undefined && audio['format'] !== 'pcm16') warnings.add('audio.format')
  return {
    responseModalities: isPlain ? undefined : modalities.map((modality) => modality.toUpperCase()),
    speechConfig: voiceName === undefined ? undefined : { voiceConfig: { prebuiltVoiceConfig: { voiceName } } },
  }
}
