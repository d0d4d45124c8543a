import type { ChatRequest, ResponseFormat } from '../../chat.ts'
import { objectOf, type JsonObject } from '../../json.ts'
import { formatId } from './format-id.ts'

/** The `text` field: the answer's format, and what else a caller of this format said of it; `undefined` when empty. */
export function formatText({ response_format, extra, extra_format }: ChatRequest): JsonObject | undefined {
  const own = extra_format === formatId ? objectOf(extra?.['text']) : undefined
  if (response_format === undefined) return own
  return { ...own, format: formatOf(response_format) }
}

function formatOf(format: ResponseFormat): JsonObject {
  if (format.type !== 'json_schema') return { type: format.type }
  const { name, description, schema, strict } = format.json_schema
  return {
    type: 'json_schema',
    name,
    ...(description !== undefined && { description }),
    schema: schema ?? { type: 'object' },
    ...(strict !== undefined && { strict }),
  }
}
