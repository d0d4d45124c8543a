import type { ChatRequest, FunctionTool } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { closeSchema } from './close-schema.ts'
import { jsonAnswerTool } from './json-answer-tool.ts'

interface Structure {
  /** The request, with the stand-in tool where the model needs one. */
  request: ChatRequest
  output_config: JsonObject
}

/**
 * Structured output. Models from 4.1 on take a schema; for older ones, and for JSON without a schema, which the API has
 * no words for, a tool that must be called stands in.
 */
export function formatStructure(
  request: ChatRequest,
  { generation, warnings }: { generation: number; warnings: Set<string> },
): Structure {
  const format = request.response_format
  if (format === undefined || format.type === 'text') return { request, output_config: {} }
  const schema = format.type === 'json_schema' ? format.json_schema.schema : undefined
  if (schema && generation >= 401) {
    const { schema: closed, isBent } = closeSchema(schema)
    if (isBent) warnings.add('response_format.json_schema.schema')
    return { request, output_config: { format: { type: 'json_schema', schema: closed } } }
  }
  const description = format.type === 'json_schema' ? format.json_schema.description : undefined
  return { request: withAnswerTool(request, { schema, description }), output_config: {} }
}

interface Answer {
  schema: JsonObject | undefined
  description: string | undefined
}

function withAnswerTool(request: ChatRequest, { schema, description }: Answer): ChatRequest {
  const answer: FunctionTool = {
    type: 'function',
    function: {
      name: jsonAnswerTool,
      description: description ?? 'Give the answer as JSON with this tool.',
      parameters: schema ?? { type: 'object' },
    },
  }
  const { tool_choice: choice } = request
  if (choice === 'none' || !request.tools?.length) {
    return { ...request, tools: [answer], tool_choice: { type: 'function', function: { name: jsonAnswerTool } } }
  }
  const isFree = choice === undefined || choice === 'auto'
  return { ...request, tools: [...request.tools, answer], tool_choice: isFree ? 'required' : choice }
}
