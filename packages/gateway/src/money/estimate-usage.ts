import { parseObject, type Usage } from '@gw/adapters'

/** About four characters make a token. */
const charactersPerToken = 4

/** Fields whose words are no part of a prompt. */
const labels: ReadonlySet<string> = new Set([
  'model',
  'role',
  'type',
  'id',
  'tool_call_id',
  'tool_use_id',
  'mime_type',
  'mimeType',
])

/** What a picture or a file in the body counts for; its characters say nothing of its tokens. */
const fileCharacters = 1000 * charactersPerToken

/** Usage of an answer of which the provider reported none: from the text of the request and the output that was seen. */
export function estimateUsage(sent: unknown, outputCharacters: number): Usage {
  const inputCharacters = typeof sent === 'string' ? charactersOf(parseObject(sent) ?? sent) : 0
  return {
    input: tokensOf(inputCharacters),
    output: tokensOf(outputCharacters),
  }
}

/** How many tokens so many characters are, as far as one can tell from outside. */
export const tokensOf = (characters: number): number => Math.ceil(characters / charactersPerToken)

function charactersOf(value: unknown): number {
  if (typeof value === 'string') return isFile(value) ? fileCharacters : value.length
  if (typeof value !== 'object' || value === null) return 0
  const fields = Array.isArray(value)
    ? value
    : Object.entries(value).flatMap(([name, field]) => (labels.has(name) ? [] : [field]))
  return fields.reduce<number>((sum, field) => sum + charactersOf(field), 0)
}

/** Base64, with or without `data:` in front. */
function isFile(text: string): boolean {
  return text.startsWith('data:') || (text.length > 1000 && /^[\w+/=-]{1000}/.test(text))
}
