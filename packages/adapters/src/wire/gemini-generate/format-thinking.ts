import type { ChatRequest } from '../../chat.ts'
import { compact, type JsonObject } from '../../json.ts'

export interface ThinkingContext {
  model: string
  generation: number
  warnings: Set<string>
}

/**
 * `reasoning_effort` as a budget for Gemini 2.5, the numbers of Google's own OpenAI surface.
 * @see https://ai.google.dev/gemini-api/docs/openai#thinking
 */
const budgets: Readonly<Record<string, number>> = {
  minimal: 1024,
  low: 1024,
  medium: 8192,
  high: 24_576,
  xhigh: 24_576,
  max: 24_576,
}

/** `reasoning_effort` as a level for Gemini 3; only the flash models know `minimal`. */
const levels: Readonly<Record<string, string>> = {
  minimal: 'MINIMAL',
  low: 'LOW',
  medium: 'MEDIUM',
  high: 'HIGH',
  xhigh: 'HIGH',
  max: 'HIGH',
}

/**
 * `thinkingConfig`: a budget for 2.5 and wherever the caller names one, a level for Gemini 3. Thoughts are shown unless
 * the caller says otherwise. Pro models cannot stop thinking: they think as little as they can, with a warning.
 */
export function formatThinking(request: ChatRequest, context: ThinkingContext): JsonObject | undefined {
  const { thinking, reasoning_effort: effort } = request
  const { generation, warnings } = context
  if (thinking === undefined && effort === undefined) return undefined
  const isOff = thinking?.type === 'disabled' || effort === 'none'
  if (generation < 205) {
    if (!isOff) warnings.add(thinking ? 'thinking' : 'reasoning_effort')
    return undefined
  }
  if (isOff) return formatOff(context, thinking ? 'thinking' : 'reasoning_effort')
  const include = (thinking?.include ?? true) ? { includeThoughts: true } : {}
  const budget = thinking?.budget_tokens
  if (budget !== undefined) return { thinkingBudget: budget, ...include }
  if (effort === undefined) {
    return { ...(generation < 300 && thinking?.type === 'enabled' && { thinkingBudget: -1 }), ...include }
  }
  const word =
    generation < 300 ? { thinkingBudget: budgets[effort] ?? -1 } : { thinkingLevel: levelOf(effort, context) }
  return compact({ ...word, ...include })
}

function levelOf(effort: string, { model }: ThinkingContext): string | undefined {
  const level = levels[effort]
  return level === 'MINIMAL' && isPro(model) ? 'LOW' : level
}

function formatOff({ model, generation, warnings }: ThinkingContext, field: string): JsonObject {
  if (generation < 300 && !isPro(model)) return { thinkingBudget: 0 }
  warnings.add(field)
  return generation < 300 ? { thinkingBudget: 128 } : { thinkingLevel: isPro(model) ? 'LOW' : 'MINIMAL' }
}

const isPro = (model: string): boolean => /-pro/i.test(model)
