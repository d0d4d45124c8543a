import type { Deps } from '../../deps.ts'
import type { Purse } from '../../steps/purse.ts'

/** On whose behalf a text is embedded. */
export interface EmbedContext {
  purse: Purse
  deps: Deps
}

/** Turns texts into vectors that are near each other where the texts mean the same. */
export interface Embedder {
  /** `undefined` where it cannot be done now. */
  embed(text: string, context: EmbedContext): Promise<readonly number[] | undefined>
}
