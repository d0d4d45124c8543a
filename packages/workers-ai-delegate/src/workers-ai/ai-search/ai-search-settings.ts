/** Settings of an AI Search model. */
export type AISearchChatSettings = {
  /** Without effect: AI Search has its own prompt. Default: `false`. */
  safePrompt?: boolean
  /** Anything else is passed to `aiSearch`, such as `max_num_results`, `rewrite_query` or `system_prompt`. */
  [option: string]: unknown
}

/** @deprecated Use `AISearchChatSettings`: AutoRAG is called AI Search. */
export type AutoRAGChatSettings = AISearchChatSettings
