import { listModels } from './list-models.ts'
import type { Capability } from './model-families.ts'
import { mostNeurons } from './most-neurons.ts'
import type { Model } from './to-model.ts'
import { workersAIFacts, type WorkersAIFacts } from './workers-ai-facts.ts'

/** What a request needs of a Workers AI model. */
export interface WorkersAINeeds {
  /** Beside `chat`, which is always needed: `tools`, `json_schema`, `vision`, `reasoning`. */
  needs: readonly Capability[]
  /** At most. */
  inputTokens: number
  /** At most; 256 where the request names no limit. */
  outputTokens: number
  /** Left of the day's free neurons, in thousandths (milli-neurons). */
  neuronsLeft: number
  /** Epoch milliseconds. */
  at: number
}

/** Why a model can't be had: `context` also where the window isn't known, `neurons` also where its neurons aren't. */
export type WorkersAIRejection = 'withdrawn' | 'paid_plan' | 'capability' | 'context' | 'neurons'

/** A model and what speaks against it; nothing does where `rejection` is absent. */
export interface WorkersAICandidate {
  readonly model: Model
  /** The most that the request can use, in thousandths. */
  readonly mostNeurons?: number
  readonly rejection?: WorkersAIRejection
}

/**
 * Every chat model of Workers AI for a request on the free allowance, those that can be had first: the best quality
 * prior before the fewest neurons before the name.
 */
export function explainWorkersAIModel(request: WorkersAINeeds): readonly WorkersAICandidate[] {
  return listModels(request.at, 'workers-ai')
    .flatMap((model) => {
      const facts = workersAIFacts(model.model)
      return isChat(model) ? [judge(model, facts, request)] : []
    })
    .toSorted(compare)
}

const isChat = ({ capabilities }: Model) => capabilities.includes('chat') && !capabilities.includes('moderation')

function judge(model: Model, facts: WorkersAIFacts | undefined, request: WorkersAINeeds): WorkersAICandidate {
  const { inputTokens, outputTokens } = request
  const most = mostNeurons({ inputTokens, outputTokens }, model.model)
  const rejection = rejectionOf(model, facts?.plan, { ...request, most })
  return {
    model,
    ...(most !== undefined && { mostNeurons: most }),
    ...(rejection && { rejection }),
  }
}

function rejectionOf(
  { capabilities, contextWindow = 0 }: Model,
  plan: WorkersAIFacts['plan'] | undefined,
  { needs, inputTokens, outputTokens, neuronsLeft, most }: WorkersAINeeds & { most: number | undefined },
): WorkersAIRejection | undefined {
  if (plan === 'withdrawn') return 'withdrawn'
  if (plan === 'paid') return 'paid_plan'
  if (!needs.every((need) => capabilities.includes(need))) return 'capability'
  if (inputTokens + outputTokens > contextWindow) return 'context'
  if (most === undefined || most > neuronsLeft) return 'neurons'
  return undefined
}

function compare(one: WorkersAICandidate, other: WorkersAICandidate): number {
  const byFit = Number(one.rejection !== undefined) - Number(other.rejection !== undefined)
  const byQuality = (other.model.quality ?? 0) - (one.model.quality ?? 0)
  const byNeurons = (one.mostNeurons ?? Number.MAX_VALUE) - (other.mostNeurons ?? Number.MAX_VALUE)
  const byName = one.model.model < other.model.model ? -1 : 1
  return byFit || byQuality || byNeurons || byName
}
