import type { ChatRequest } from '@gw/adapters'
import type { Capability } from '@gw/catalog'

/** What a model must be capable of to answer a chat request. */
export function needsOf({ messages, tools = [], response_format: format }: ChatRequest): Capability[] {
  const parts = messages.flatMap(({ content }) => (Array.isArray(content) ? content : []))
  const has = (type: string): boolean => parts.some((part) => part.type === type)
  return [
    'chat',
    ...(tools.length > 0 ? (['tools'] as const) : []),
    ...(format?.type === 'json_schema' ? (['json_schema'] as const) : []),
    ...(has('image_url') ? (['vision'] as const) : []),
    ...(has('file') ? (['pdf'] as const) : []),
    ...(has('input_audio') ? (['audio_input'] as const) : []),
  ]
}
