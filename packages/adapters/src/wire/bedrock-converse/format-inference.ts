import type { ChatRequest } from '../../chat.ts'
import { compact, numberOf, type JsonObject } from '../../json.ts'
import { formatDraw } from '../anthropic-messages/format-sampling.ts'
import { formatThinking } from '../anthropic-messages/format-thinking.ts'
import { modelGeneration } from '../anthropic-messages/model-generation.ts'
import { familyOf, type ModelFamily } from './model-family.ts'

interface InferenceContext {
  model: string
  /** The request forces a tool call, which Claude doesn't allow together with thinking. */
  forced: boolean
  warnings: Set<string>
}

export interface InferenceFields {
  inferenceConfig: JsonObject
  /** What only this model's family knows: the API passes it on unread. */
  additional: JsonObject
}

const dropped = ['seed', 'logprobs', 'top_logprobs', 'frequency_penalty', 'presence_penalty', 'user'] as const

/** How long the model may answer and think, how the answer is drawn, and where it stops. */
export function formatInference(request: ChatRequest, context: InferenceContext): InferenceFields {
  for (const field of dropped) if (request[field]) context.warnings.add(field)
  const { inferenceConfig, additional } = writers[familyOf(context.model)](request, context)
  const stop = request.stop?.length ? request.stop : undefined
  return {
    inferenceConfig: compact({ ...inferenceConfig, stopSequences: stop }),
    additional: compact(additional),
  }
}

type Writer = (request: ChatRequest, context: InferenceContext) => InferenceFields

const writers: Readonly<Record<ModelFamily, Writer>> = {
  claude: formatClaude,
  'nova-2': formatNova2,
  nova: (request, context) => {
    refuseReasoning(request, context.warnings)
    return { inferenceConfig: formatUsual(request, context), additional: novaTopK(request) }
  },
  'gpt-oss': (request, context) => {
    const { top_k, reasoning_effort, thinking } = request
    if (thinking) context.warnings.add('thinking')
    return { inferenceConfig: formatUsual(request, context), additional: { top_k, reasoning_effort } }
  },
  other: (request, context) => {
    refuseReasoning(request, context.warnings)
    return { inferenceConfig: formatUsual(request, context), additional: { top_k: request.top_k } }
  },
}

function formatUsual(
  { max_completion_tokens, temperature, top_p }: ChatRequest,
  { warnings }: InferenceContext,
): JsonObject {
  if (temperature !== undefined && temperature > 1) warnings.add('temperature')
  return {
    maxTokens: max_completion_tokens,
    temperature: temperature === undefined ? undefined : Math.min(temperature, 1),
    topP: top_p,
  }
}

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html */
function formatClaude(request: ChatRequest, { model, forced, warnings }: InferenceContext): InferenceFields {
  const generation = modelGeneration(model)
  const { thinking, output_config, max_tokens, isThinking } = formatThinking(request, { generation, forced, warnings })
  const { temperature, top_p, top_k } = formatDraw(request, { generation, isThinking, warnings })
  const maxTokens = isThinking ? max_tokens : request.max_completion_tokens
  return {
    inferenceConfig: { maxTokens, temperature, topP: top_p },
    additional: { thinking, top_k, ...(Object.keys(output_config).length > 0 && { output_config }) },
  }
}

const efforts: Readonly<Record<string, string>> = {
  minimal: 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'high',
}

/**
 * With the highest effort Nova 2 fixes length and draw itself.
 * @see https://docs.aws.amazon.com/nova/latest/nova2-userguide/extended-thinking.html
 */
function formatNova2(request: ChatRequest, context: InferenceContext): InferenceFields {
  const { thinking, reasoning_effort: word } = request
  const usual = formatUsual(request, context)
  const isOff = thinking?.type === 'disabled' || word === 'none'
  const effort = isOff ? undefined : word === undefined ? effortOf(thinking) : (efforts[word] ?? 'medium')
  if (effort === undefined) return { inferenceConfig: usual, additional: novaTopK(request) }
  if (thinking?.budget_tokens !== undefined) context.warnings.add('thinking.budget_tokens')
  const reasoningConfig = { type: 'enabled', maxReasoningEffort: effort }
  if (effort !== 'high') return { inferenceConfig: usual, additional: { ...novaTopK(request), reasoningConfig } }
  for (const field of ['max_completion_tokens', 'temperature', 'top_p', 'top_k'] as const) {
    if (request[field] !== undefined) context.warnings.add(field)
  }
  return { inferenceConfig: {}, additional: { reasoningConfig } }
}

function effortOf(thinking: ChatRequest['thinking']): string | undefined {
  if (!thinking) return undefined
  const budget = numberOf(thinking.budget_tokens) ?? 8192
  if (budget <= 2048) return 'low'
  return budget <= 8192 ? 'medium' : 'high'
}

const novaTopK = ({ top_k }: ChatRequest): JsonObject =>
  top_k === undefined ? {} : { inferenceConfig: { topK: top_k } }

/** Models that always or never reason: there is nothing to set. */
function refuseReasoning({ thinking, reasoning_effort: effort }: ChatRequest, warnings: Set<string>): void {
  if (thinking && thinking.type !== 'disabled') warnings.add('thinking')
  if (effort !== undefined && effort !== 'none') warnings.add('reasoning_effort')
}
