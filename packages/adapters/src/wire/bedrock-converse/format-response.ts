import type { AssistantMessage, ChatResponse } from '../../chat.ts'
import { parseObject, type JsonObject } from '../../json.ts'
import { parseDataUrl } from '../anthropic-messages/parse-data-url.ts'
import { toStopReason } from './finish-reason.ts'
import { formatCitation } from './format-citation.ts'
import { formatReasoning } from './format-reasoning.ts'
import { formatUsage } from './format-usage.ts'

/** Writes an answer as Converse gives it. Images that are only linked become Markdown in the text. */
export function formatResponse({ choices, usage, service_tier: tier, extra }: ChatResponse): JsonObject {
  const [choice] = choices
  return {
    ...extra,
    output: { message: { role: 'assistant', content: choice ? formatContent(choice.message) : [] } },
    stopReason: choice ? toStopReason(choice) : 'end_turn',
    usage: formatUsage(usage),
    metrics: { latencyMs: 0 },
    ...(tier !== undefined && { serviceTier: { type: tier } }),
  }
}

function formatContent(message: AssistantMessage): JsonObject[] {
  const { tool_calls = [], annotations = [], images = [], refusal } = message
  const text = textOf(message) || (refusal ?? '')
  const citations = annotations.map(formatCitation)
  const said = citations.length > 0 ? [{ citationsContent: { content: [{ text }], citations } }] : [{ text }]
  const pictures = images.flatMap(({ image_url: { url } }): JsonObject[] => {
    const inline = parseDataUrl(url)
    return inline ? [{ image: { format: inline.mediaType.replace('image/', ''), source: { bytes: inline.data } } }] : []
  })
  return [
    ...formatReasoning(message),
    ...(text === '' && citations.length === 0 ? [] : said),
    ...pictures,
    ...tool_calls.map(({ id, function: { name, arguments: words } }): JsonObject => ({
      toolUse: { toolUseId: id, name, input: parseObject(words) ?? {} },
    })),
  ]
}

function textOf({ content, images = [] }: AssistantMessage): string {
  const said = typeof content === 'string' ? content : (content ?? []).map(({ text }) => text).join('')
  const links = images.filter(({ image_url }) => !image_url.url.startsWith('data:'))
  return [said, ...links.map(({ image_url }) => `![image](${image_url.url})`)]
    .filter((text) => text !== '')
    .join('\n\n')
}
