import type { LogRecord } from '../logs/log-record.ts'

/** Which names GenAI's conventions have: those of today, or those up to v1.36, which many backends still read. */
export type Semconv = 'latest' | '1.36'

/** Our providers by the conventions' words; others keep their own. */
const latestProviders = new Map([
  ['google-ai-studio', 'gcp.gemini'],
  ['google-vertex-ai', 'gcp.vertex_ai'],
  ['aws-bedrock', 'aws.bedrock'],
  ['azure-openai', 'azure.ai.openai'],
  ['mistral', 'mistral_ai'],
  ['grok', 'x_ai'],
  ['perplexity-ai', 'perplexity'],
])

/** @see https://github.com/open-telemetry/semantic-conventions/blob/v1.36.0/docs/gen-ai/gen-ai-spans.md */
const olderProviders = new Map([...latestProviders, ['azure-openai', 'az.ai.openai'], ['grok', 'xai']])

/** Ways in whose operation the conventions have a word for. */
const operations = new Map([
  ['chat-completions', 'chat'],
  ['compat', 'chat'],
  ['responses', 'chat'],
  ['messages', 'chat'],
  ['dynamic', 'chat'],
  ['ollama-chat', 'chat'],
  ['completions', 'text_completion'],
  ['ollama-generate', 'text_completion'],
  ['generate-content', 'generate_content'],
  ['embeddings', 'embeddings'],
])

/** A call in a provider's own format says by its path what it is. */
const nativeOperations: readonly [RegExp, string][] = [
  [/embed/i, 'embeddings'],
  [/:(?:stream)?generateContent/i, 'generate_content'],
  [/chat\/completions|\/messages|\/responses|\/converse|\/chat$/i, 'chat'],
]

/** What a request did. Ways in that the conventions know nothing of keep their names. */
export function operationOf({ surface, path }: Pick<LogRecord, 'surface' | 'path'>): string {
  const known = operations.get(surface)
  if (known !== undefined) return known
  return nativeOperations.find(([pattern]) => pattern.test(path))?.[1] ?? surface.replaceAll('-', '_')
}

/** The provider, under the name and with the word that the version has. */
export function providerAttribute(provider: string | null, semconv: Semconv): Record<string, string | null> {
  if (semconv === 'latest') {
    return { 'gen_ai.provider.name': provider && (latestProviders.get(provider) ?? provider) }
  }
  return { 'gen_ai.system': provider && (olderProviders.get(provider) ?? provider) }
}
