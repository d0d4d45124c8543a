import type { RunSettings } from '../run/run-settings.ts'

/** Settings of a reranking model. */
export type WorkersAIRerankingSettings = RunSettings
