/** A tool that the caller offers, in whichever format it came. */
export interface Tool {
  name: string
  description: string
  schema: unknown
}

/** One piece of the prompt, in the order in which the vendor caches it. */
export interface Block {
  /** Identifies the content, so that two equal prefixes are recognised. */
  digest: string
  tokens: number
  /** The cache breakpoint that follows this block (Anthropic only). */
  ttl?: '5m' | '1h'
}

/** A quotable document in the prompt. */
export interface SourceDocument {
  id: string
  title: string
  text: string
}

/** What was asked, freed from the wire format: all that the answer depends on. */
export interface Ask {
  stream: boolean
  blocks: Block[]
  /** The text of the last user message. */
  userText: string
  /** Media types of everything attached to the prompt, e.g. `image/png`. */
  attachments: string[]
  /** Tool results in the last turn: the answer repeats them. */
  toolResults: string[]
  tools: Tool[]
  toolChoice: 'auto' | 'none' | 'required'
  /** Names that a required call is limited to. */
  allowedTools: string[]
  parallelTools: boolean
  /** JSON schema that the text must satisfy. */
  schema?: unknown
  maxTokens: number
  stops: string[]
  /** `visible` reasoning is text; `hidden` is only counted. */
  reasoning: { visibility: 'none' | 'visible' | 'hidden'; hiddenTokens?: number }
  choices: number
  documents: SourceDocument[]
  cache: CacheRule
}

/** How this vendor caches the prompt. */
type CacheRule = { by: 'none' } | { by: 'breakpoints' } | { by: 'prefix'; key: string; minTokens: number; step: number }

/** What an answer is built from when the request says nothing else. */
export const emptyAsk: Ask = {
  stream: false,
  blocks: [],
  userText: '',
  attachments: [],
  toolResults: [],
  tools: [],
  toolChoice: 'auto',
  allowedTools: [],
  parallelTools: true,
  maxTokens: Infinity,
  stops: [],
  reasoning: { visibility: 'none' },
  choices: 1,
  documents: [],
  cache: { by: 'none' },
}
