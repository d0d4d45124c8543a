import type { ChatRequest } from '../../chat.ts'
import { compact, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'

interface SamplingContext {
  generation: number
  isThinking: boolean
  warnings: Set<string>
}

const dropped = ['seed', 'logprobs', 'top_logprobs', 'frequency_penalty', 'presence_penalty'] as const

/**
 * How the answer is drawn and where it stops. Temperature ends at 1. With reasoning on, temperature and `top_k` are
 * fixed and `top_p` is at least 0.95; from 4.1 on only one of temperature and `top_p` is taken; from 4.7 on neither.
 * @throws WireError `unsupported` for a stop sequence of white space.
 */
export function formatSampling(request: ChatRequest, context: SamplingContext): JsonObject {
  const { warnings } = context
  for (const field of dropped) if (request[field]) warnings.add(field)
  return compact({ ...formatDraw(request, context), ...formatStop(request), ...formatAccount(request, warnings) })
}

/** Temperature, `top_p` and `top_k` as far as the model takes them. */
export function formatDraw({ temperature, top_p, top_k }: ChatRequest, context: SamplingContext): JsonObject {
  const { generation, isThinking, warnings } = context
  const isFixed = generation >= 407
  const keepTemperature = temperature !== undefined && !isFixed && !(isThinking && temperature !== 1)
  const bendsTemperature = temperature !== undefined && (temperature > 1 || (!keepTemperature && temperature !== 1))
  const isAlone = generation < 401 || !keepTemperature
  const keepTopP = top_p !== undefined && !isFixed && isAlone && !(isThinking && top_p < 0.95)
  const keepTopK = top_k !== undefined && !isFixed && !isThinking
  if (bendsTemperature) warnings.add('temperature')
  if (top_p !== undefined && !keepTopP && top_p !== 1) warnings.add('top_p')
  if (top_k !== undefined && !keepTopK) warnings.add('top_k')
  return {
    temperature: keepTemperature ? Math.min(temperature, 1) : undefined,
    top_p: keepTopP ? top_p : undefined,
    top_k: keepTopK ? top_k : undefined,
  }
}

function formatStop({ stop }: ChatRequest): JsonObject {
  if (!stop?.length) return {}
  if (stop.some((sequence) => sequence.trim() === '')) {
    throw new WireError('unsupported', 'The Messages API takes no stop sequence of white space only.', 'stop')
  }
  return { stop_sequences: stop }
}

const serviceTiers: Readonly<Record<string, string>> = {
  auto: 'auto',
  default: 'standard_only',
  standard_only: 'standard_only',
}

function formatAccount({ user, service_tier }: ChatRequest, warnings: Set<string>): JsonObject {
  const tier = service_tier === undefined ? undefined : serviceTiers[service_tier]
  if (service_tier !== undefined && tier === undefined) warnings.add('service_tier')
  return { metadata: user === undefined ? undefined : { user_id: user }, service_tier: tier }
}
