import type { LanguageModelV4CallOptions, SharedV4Warning } from '@ai-sdk/provider'
import { readCallOptions } from '../run/read-call-options.ts'
import { toMessages } from '../chat/to-messages.ts'
import type { RunMessage } from '../chat/run-message.ts'
import type { AISearchChatSettings } from './ai-search-settings.ts'

interface SearchRequest {
  params: { query: string; [option: string]: unknown }
  warnings: SharedV4Warning[]
}

/** Options of the AI SDK that a search has no use for. */
const unsupported = [
  'frequencyPenalty',
  'presencePenalty',
  'temperature',
  'topP',
  'topK',
  'seed',
  'stopSequences',
  'maxOutputTokens',
] as const

/** A call as one search: the conversation becomes the query. What a search has no use for is a warning. */
export function toSearchRequest(options: LanguageModelV4CallOptions, settings: AISearchChatSettings): SearchRequest {
  const { safePrompt, ...passed } = settings
  const warnings: SharedV4Warning[] = []
  const messages = toMessages(options.prompt, { seesImages: false, warnings })
  const query = messages.map((message) => `${message.role}: ${textOf(message, warnings)}`).join('\n\n')
  const features: string[] = unsupported.filter((option) => options[option] !== undefined)
  if (options.tools?.length) features.push('tools')
  if (options.responseFormat?.type === 'json') features.push('responseFormat')
  if (options.reasoning !== undefined && options.reasoning !== 'provider-default') features.push('reasoning')
  if (safePrompt) features.push('safePrompt')
  warnings.push(...features.map((feature): SharedV4Warning => ({ type: 'unsupported', feature })))
  return { params: { ...passed, ...readCallOptions(options.providerOptions), query }, warnings }
}

function textOf({ content }: RunMessage, warnings: SharedV4Warning[]): string {
  if (typeof content === 'string') return content
  warnings.push({ type: 'unsupported', feature: 'images', details: 'A search takes text.' })
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')
}
