import type { AiRunOptions } from '../../ai-binding.ts'
import { abortable } from './abortable.ts'
import type { ModelConfig } from './model-config.ts'
import { discardAnswer, toRunAnswer, type RunAnswer } from './run-answer.ts'
import type { RunSettings } from './run-settings.ts'
import { toApiCallError, type RunContext } from './to-api-call-error.ts'
import { toRunOptions } from './to-run-options.ts'

/** One call of a model. */
export interface RunCall {
  config: Pick<ModelConfig, 'binding' | 'gateway'>
  modelId: string
  inputs: Record<string, unknown>
  settings?: RunSettings
  headers?: Record<string, string | undefined> | undefined
  abortSignal?: AbortSignal | undefined
}

/** What was read of an answer. */
export interface Read<T> {
  value: T
  /** Of the HTTP response; absent where the binding hides it. */
  headers?: Record<string, string>
}

/** Reads what it needs of an answer. */
export type ReadAnswer<T> = (answer: RunAnswer, context: RunContext) => Promise<T>

/**
 * Runs a model on the binding and reads its answer. Throws an APICallError for every failure, with the status from which
 * the AI SDK tells what to retry; a cancellation throws the signal's reason at once, also where the binding ignores
 * signals.
 */
export async function runModel<T>(call: RunCall, read: ReadAnswer<T>): Promise<Read<T>> {
  const { config, modelId, inputs, settings = {}, headers, abortSignal } = call
  const options = toRunOptions({ gateway: config.gateway, settings, headers, abortSignal })
  return settle(() => ask(call, options), { read, abortSignal, context: { modelId, inputs } })
}

interface Settling<T> {
  read: ReadAnswer<T>
  context: RunContext
  abortSignal: AbortSignal | undefined
}

/** Waits for an answer, reads it, and brings every failure on the way into one form. */
export async function settle<T>(start: () => Promise<RunAnswer>, settling: Settling<T>): Promise<Read<T>> {
  const { read, context, abortSignal } = settling
  abortSignal?.throwIfAborted()
  const answer = start()
  try {
    const { headers, body } = await abortable(answer, abortSignal)
    const answered = { ...context, ...(headers && { responseHeaders: headers }) }
    const value = await abortable(read({ body, ...(headers && { headers }) }, answered), abortSignal)
    return { value, ...(headers && { headers }) }
  } catch (error) {
    if (abortSignal?.aborted) void answer.then(discardAnswer, () => undefined)
    abortSignal?.throwIfAborted()
    throw toApiCallError(error, context)
  }
}

async function ask({ config, modelId, inputs }: RunCall, options: AiRunOptions): Promise<RunAnswer> {
  return toRunAnswer(await config.binding.run(modelId, inputs, options), { modelId, inputs })
}
