import type { ChatRequest } from '../../chat.ts'
import { compact, type JsonObject } from '../../json.ts'
import { formatId } from './format-id.ts'

export interface ThinkingContext {
  generation: number
  /** The request forces a tool call, which the API doesn't allow together with thinking. */
  forced: boolean
  warnings: Set<string>
}

interface ThinkingFields {
  max_tokens: number
  thinking: JsonObject | undefined
  output_config: JsonObject
  isThinking: boolean
}

/** `reasoning_effort` as a budget, for the models before 4.6 (3.7 to 4.5), which know budgets only. */
const budgets: Readonly<Record<string, number>> = {
  minimal: 1024,
  low: 2048,
  medium: 8192,
  high: 16_384,
  xhigh: 32_000,
  max: 32_000,
}

const smallestBudget = 1024

/**
 * Reasoning in the words of the model's generation: none before 3.7; a budget up to 4.5; `adaptive` with an effort from
 * 4.6 on, where 4.6 still takes a budget and later models have it turned into an effort.
 */
export function formatThinking(request: ChatRequest, context: ThinkingContext): ThinkingFields {
  const { generation, warnings } = context
  const maxTokens = request.max_completion_tokens
  const wish = wishOf(request)
  const off = { max_tokens: maxTokens ?? defaultMaxTokens(generation), thinking: undefined, output_config: {} }
  const field = request.thinking ? 'thinking' : 'reasoning_effort'

  if (wish === 'none') return { ...off, isThinking: false }
  if (wish === 'off') {
    return { ...off, thinking: generation < 307 ? undefined : { type: 'disabled' }, isThinking: false }
  }
  if (generation < 307 || (context.forced && !(wish === 'effort' && generation >= 406))) {
    warnings.add(field)
    return { ...off, isThinking: false }
  }
  if (wish === 'effort') return { ...off, output_config: effortOf(request, context), isThinking: false }
  const isAdaptive = generation >= 407 || (generation >= 406 && request.thinking?.budget_tokens === undefined)
  if (isAdaptive) return formatAdaptive(request, context)
  if (lacksThinking(request)) {
    warnings.add(field)
    return { ...off, isThinking: false }
  }
  return formatBudget(request, context)
}

type Wish = 'none' | 'off' | 'on' | 'effort'

/** In the format's own words effort without `thinking` is no wish to think; in all others it is. */
function wishOf({ thinking, reasoning_effort, extra_format }: ChatRequest): Wish {
  if (thinking?.type === 'disabled' || reasoning_effort === 'none') return 'off'
  if (thinking) return 'on'
  if (reasoning_effort === undefined) return 'none'
  return extra_format === formatId ? 'effort' : 'on'
}

const defaultMaxTokens = (generation: number): number => (generation < 305 ? 4096 : 8192)

function formatAdaptive(request: ChatRequest, context: ThinkingContext): ThinkingFields {
  const { include, budget_tokens } = request.thinking ?? {}
  if (budget_tokens !== undefined) context.warnings.add('thinking.budget_tokens')
  const display = include === undefined ? undefined : displayOf(include)
  return {
    max_tokens: request.max_completion_tokens ?? defaultMaxTokens(context.generation) + (budget_tokens ?? 8192),
    thinking: compact({ type: 'adaptive', display }),
    output_config: effortOf(request, context),
    isThinking: true,
  }
}

const displayOf = (include: boolean): string => (include ? 'summarized' : 'omitted')

/** 4.6 knows low, medium, high and max; later models xhigh too. */
function effortOf({ reasoning_effort, thinking }: ChatRequest, { generation }: ThinkingContext): JsonObject {
  const budget = thinking?.budget_tokens
  const effort = reasoning_effort ?? (budget === undefined ? undefined : effortOfBudget(budget))
  if (effort === undefined) return {}
  if (effort === 'minimal') return { effort: 'low' }
  return { effort: effort === 'xhigh' && generation < 407 ? 'max' : effort }
}

function effortOfBudget(budget: number): string {
  if (budget <= 2048) return 'low'
  return budget <= 8192 ? 'medium' : 'high'
}

/** A budget lies between 1,024 and `max_tokens`. */
function formatBudget(request: ChatRequest, { generation, warnings }: ThinkingContext): ThinkingFields {
  const asked = request.thinking?.budget_tokens
  const wanted = asked ?? budgets[request.reasoning_effort ?? 'medium'] ?? 8192
  const maxTokens = request.max_completion_tokens ?? defaultMaxTokens(generation) + wanted
  const budget = Math.min(wanted, asked === undefined ? Math.floor(maxTokens * 0.8) : maxTokens - 1)
  if (maxTokens <= smallestBudget) {
    warnings.add(request.thinking ? 'thinking' : 'reasoning_effort')
    return { max_tokens: maxTokens, thinking: undefined, output_config: {}, isThinking: false }
  }
  if (asked !== undefined && budget < asked) warnings.add('thinking.budget_tokens')
  return {
    max_tokens: maxTokens,
    thinking: { type: 'enabled', budget_tokens: Math.max(budget, smallestBudget) },
    output_config: {},
    isThinking: true,
  }
}

/**
 * With a budget, the turn that a tool result answers must begin with its thinking; without that block (another model
 * made the turn, say) the API refuses the request.
 */
function lacksThinking({ messages }: ChatRequest): boolean {
  const last = messages.findLast((message) => message.role === 'assistant')
  if (!last?.tool_calls?.length) return false
  if (last.native?.format === formatId) return false
  const own = last.reasoning_details?.some(
    ({ format, signature, data }) => (format === undefined || format === formatId) && Boolean(signature ?? data),
  )
  return !own
}
