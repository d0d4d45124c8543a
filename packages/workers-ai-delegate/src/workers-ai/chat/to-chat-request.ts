import type { LanguageModelV4CallOptions, SharedV4Warning } from '@ai-sdk/provider'
import { compact } from '../run/json.ts'
import { readCallOptions } from '../run/read-call-options.ts'
import type { RunSettings } from '../run/run-settings.ts'
import type { WorkersAIChatSettings } from './chat-settings.ts'
import { takesImages } from './model-abilities.ts'
import { toMessages } from './to-messages.ts'
import { toReasoningEffort } from './to-reasoning-effort.ts'
import { toResponseFormat } from './to-response-format.ts'
import { forcedToolsOf, toTools } from './to-tools.ts'

/** A chat call in the words of `run`. */
export interface ChatRequest {
  inputs: Record<string, unknown>
  settings: RunSettings
  warnings: SharedV4Warning[]
  /** Tools of which one has to be called; such a call may come as text. */
  forcedTools: ReadonlySet<string>
}

/** Nothing is left out in silence: what the API lacks is a warning, and files that no model takes throw. */
export function toChatRequest(
  options: LanguageModelV4CallOptions,
  { modelId, settings }: { modelId: string; settings: WorkersAIChatSettings },
): ChatRequest {
  const { safePrompt, reasoning_effort, chat_template_kwargs, ...rest } = settings
  const { sessionAffinity, ...own } = readCallOptions(options.providerOptions)
  const warnings: SharedV4Warning[] = []
  const effort = 'reasoning_effort' in own ? undefined : toReasoningEffort(options.reasoning, warnings)
  const inputs = compact({
    messages: toMessages(options.prompt, { seesImages: takesImages(modelId), warnings }),
    ...toSampling(options),
    safe_prompt: toSafePrompt(safePrompt, warnings),
    ...toTools(options, warnings),
    response_format: toResponseFormat(options.responseFormat),
    reasoning_effort: effort === undefined ? reasoning_effort : effort,
    chat_template_kwargs,
    ...own,
  })
  return {
    inputs,
    settings: typeof sessionAffinity === 'string' ? { ...rest, sessionAffinity } : rest,
    warnings,
    forcedTools: forcedToolsOf(options),
  }
}

function toSampling(options: LanguageModelV4CallOptions) {
  return {
    max_tokens: options.maxOutputTokens,
    temperature: options.temperature,
    top_p: options.topP,
    top_k: options.topK,
    seed: options.seed,
    stop: options.stopSequences?.length ? options.stopSequences : undefined,
    frequency_penalty: options.frequencyPenalty,
    presence_penalty: options.presencePenalty,
  }
}

function toSafePrompt(safePrompt: boolean | undefined, warnings: SharedV4Warning[]): true | undefined {
  if (!safePrompt) return undefined
  const details = 'Sent as `safe_prompt`, which few models know; the others ignore it.'
  warnings.push({ type: 'compatibility', feature: 'safePrompt', details })
  return true
}
