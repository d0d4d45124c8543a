/** How a vendor of the chat-completions format differs from OpenAI. */
export interface Dialect {
  /** Request fields beyond OpenAI's; undefined means that the vendor ignores what it does not know. */
  fields?: readonly string[]
  /** OpenAI's own rules apply: reasoning models, strict schemas, the word "json". */
  isOpenAi?: boolean
  /** Where reasoning text goes. */
  reasoningField?: 'reasoning' | 'reasoning_content'
  /** Completion tokens leave reasoning out (xAI). */
  excludesReasoning?: boolean
  /** Usage repeats the cache split in DeepSeek's own fields. */
  hasCacheHitFields?: boolean
  /** Streams end with usage whether asked for or not. */
  alwaysReportsUsage?: boolean
  /** That usage comes with the last choice, and not in an event of its own. */
  usageWithChoice?: boolean
}

const openai: Dialect = { fields: [], isOpenAi: true }
const lenient: Dialect = { reasoningField: 'reasoning_content' }

const dialects: Record<string, Dialect> = {
  openai,
  'azure-openai': openai,
  sim: openai,
  deepseek: { fields: ['thinking'], reasoningField: 'reasoning_content', hasCacheHitFields: true },
  groq: {
    fields: [
      'reasoning_format',
      'include_reasoning',
      'search_settings',
      'compound_custom',
      'documents',
      'citation_options',
    ],
    reasoningField: 'reasoning',
  },
  grok: { fields: ['search_parameters', 'deferred'], reasoningField: 'reasoning_content', excludesReasoning: true },
  xai: { fields: ['search_parameters', 'deferred'], reasoningField: 'reasoning_content', excludesReasoning: true },
  mistral: {
    fields: ['random_seed', 'safe_prompt', 'prompt_mode', 'guardrails'],
    alwaysReportsUsage: true,
    usageWithChoice: true,
  },
  'workers-ai': { reasoningField: 'reasoning_content', alwaysReportsUsage: true },
  cerebras: { fields: ['disable_reasoning', 'clear_thinking', 'reasoning_format'], reasoningField: 'reasoning' },
}

/** The dialect of a provider; a vendor without an entry ignores unknown fields, as local servers do. */
export function dialectOf(provider: string): Dialect {
  return dialects[provider] ?? lenient
}
