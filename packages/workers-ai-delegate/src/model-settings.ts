import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { DelegateCallOptions } from './delegate/delegate-options.ts'
import type { WorkersAIChatLanguageModel, WorkersAIChatSettings } from './workers-ai/index.ts'

/** What an id stands for: a model of Workers AI, a dynamic route, or a slug of the run catalogue or the gateway. */
type KindOf<M extends string> = string extends M
  ? 'any'
  : M extends `@${string}` | `workers-ai/@${string}`
    ? 'workers-ai'
    : M extends `dynamic/${string}`
      ? 'dynamic'
      : M extends `${string}/${string}`
        ? 'slug'
        : 'workers-ai'

/** The settings that a model takes, told from its id where that is a literal. */
export type ModelSettings<M extends string> = {
  any: DelegateCallOptions | WorkersAIChatSettings
  'workers-ai': DelegateCallOptions | WorkersAIChatSettings
  dynamic: DelegateCallOptions | WorkersAIChatSettings
  slug: DelegateCallOptions
}[KindOf<M>]

/** The model that an id makes. */
export type ChatModel<M extends string> = KindOf<M> extends 'workers-ai' ? WorkersAIChatLanguageModel : LanguageModelV4
