import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'

/**
 * The format of the answer. The schema stands bare under `json_schema`, not in OpenAI's envelope; name and description
 * go into it as `title` and `description` unless it has its own.
 */
export function toResponseFormat(
  format: LanguageModelV4CallOptions['responseFormat'],
): { type: string; json_schema?: object } | undefined {
  if (format?.type !== 'json') return undefined
  const { schema, name, description } = format
  if (schema === undefined) return { type: 'json_object' }
  const title = name ? { title: name } : {}
  return { type: 'json_schema', json_schema: { ...title, ...(description && { description }), ...schema } }
}
