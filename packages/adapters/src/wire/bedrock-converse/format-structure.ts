import type { ChatRequest } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { formatStructure as formatAnthropicStructure } from '../anthropic-messages/format-structure.ts'
import { takesSchema } from './takes-schema.ts'

interface Structure {
  /** The request, with the stand-in tool where the model needs one. */
  request: ChatRequest
  outputConfig: JsonObject | undefined
}

/** Above any model's generation, and below: whether the format holds the answer to a schema, or a tool stands in. */
const generations = { schema: Number.POSITIVE_INFINITY, tool: 0 }

/** Structured output: a schema for the models that take one, else a tool that must be called. */
export function formatStructure(
  request: ChatRequest,
  { model, warnings }: { model: string; warnings: Set<string> },
): Structure {
  const generation = takesSchema(model) ? generations.schema : generations.tool
  const { request: changed, output_config } = formatAnthropicStructure(request, { generation, warnings })
  const format = request.response_format
  const stated = output_config['format']
  if (stated === undefined || format?.type !== 'json_schema') return { request: changed, outputConfig: undefined }
  const { name, description } = format.json_schema
  const schema = JSON.stringify(Object(stated)['schema'])
  const jsonSchema = { name, ...(description && { description }), schema }
  return { request: changed, outputConfig: { textFormat: { type: 'json_schema', structure: { jsonSchema } } } }
}
