/** A provider id of ours → the providers of the price data to look in, in order. */
const sources: Readonly<Record<string, readonly string[]>> = {
  openai: ['openai'],
  anthropic: ['anthropic'],
  'google-ai-studio': ['google', 'google-ai-studio'],
  'google-vertex-ai': ['google', 'anthropic', 'mistral', 'google-vertex-ai'],
  groq: ['groq'],
  deepseek: ['deepseek'],
  grok: ['x-ai'],
  mistral: ['mistral'],
  'perplexity-ai': ['perplexity'],
  together: ['together'],
  cerebras: ['cerebras'],
  fireworks: ['fireworks'],
  openrouter: ['openrouter'],
  cohere: ['cohere'],
  'workers-ai': ['cloudflare'],
  'azure-openai': ['azure', 'openai', 'anthropic', 'deepseek', 'x-ai', 'moonshotai'],
  'aws-bedrock': ['aws'],
  huggingface: ['huggingface'],
  baseten: ['baseten'],
  minimax: ['minimax'],
  moonshotai: ['moonshotai'],
  deepgram: ['deepgram'],
  ideogram: ['ideogram'],
  replicate: ['replicate'],
}

const aliases: Readonly<Record<string, string>> = {
  xai: 'grok',
  'x-ai': 'grok',
  google: 'google-ai-studio',
  gemini: 'google-ai-studio',
  'ai-studio': 'google-ai-studio',
  'google-vertex': 'google-vertex-ai',
  vertex: 'google-vertex-ai',
  azure: 'azure-openai',
  bedrock: 'aws-bedrock',
  'amazon-bedrock': 'aws-bedrock',
  perplexity: 'perplexity-ai',
  'together-ai': 'together',
  togetherai: 'together',
  cloudflare: 'workers-ai',
  workersai: 'workers-ai',
  'fireworks-ai': 'fireworks',
  hf: 'huggingface',
}

/** Providers that run on the caller's own machine: every model is known there and free. */
const ownHosts: ReadonlySet<string> = new Set(['sim', 'ollama', 'lmstudio', 'vllm'])

/** Providers that the catalog can list models of. */
export const catalogProviders: readonly string[] = Object.keys(sources)

/** The id that the catalog knows a provider by; an id that it doesn't know comes back as it is. */
export function canonicalProvider(provider: string): string {
  return aliases[provider] ?? provider
}

/** The providers of the price data for a provider of ours; empty where there is none. */
export function priceSources(provider: string): readonly string[] {
  if (ownHosts.has(provider)) return ['own']
  return sources[canonicalProvider(provider)] ?? []
}
