import type { ContentPart, ToolMessage } from '../../chat.ts'
import { isObject, objectOf, stringOf, type Json, type JsonObject } from '../../json.ts'
import { formatId } from './format-id.ts'
import { invalid } from './invalid.ts'
import { parseContentPart } from './parse-content-part.ts'

/** True for what the client's side of a tool sends back, whichever tool it was. */
export function isToolOutput({ type }: JsonObject): boolean {
  return typeof type === 'string' && type.endsWith('_call_output')
}

/** @throws WireError `invalid_request` naming the field. */
export function parseToolOutput(item: JsonObject, param: string): ToolMessage {
  const id = stringOf(item['call_id']) || stringOf(item['id'])
  if (!id) throw invalid(`${param}.call_id`, 'is missing: name the call that this answers.')
  const isNamed = item['type'] === 'function_call_output' || item['type'] === 'custom_tool_call_output'
  const { output } = item
  return {
    role: 'tool',
    tool_call_id: id,
    content: isNamed ? parseOutput(output ?? '', `${param}.output`) : describeOutput(item, param),
    source: { format: formatId, content: [item] },
  }
}

function parseOutput(output: Json, param: string): string | ContentPart[] {
  if (typeof output === 'string') return output
  if (!Array.isArray(output)) throw invalid(param, 'must be a string or an array of content parts.')
  return output.map((part, index): ContentPart => {
    if (!isObject(part)) throw invalid(`${param}[${index}]`, 'must be an object.')
    return parseContentPart(part, `${param}[${index}]`).part ?? { type: 'text', text: JSON.stringify(part) }
  })
}

/** What came of the vendor's own tools (shell, patch, computer): a picture of the screen, text, or JSON text. */
function describeOutput({ output, status }: JsonObject, param: string): string | ContentPart[] {
  if (typeof output === 'string') return output
  if (objectOf(output)?.['type'] === 'computer_screenshot') {
    const { part } = parseContentPart({ ...objectOf(output), type: 'input_image' }, `${param}.output`)
    return part ? [part] : ''
  }
  return JSON.stringify(output ?? { status: status ?? 'completed' })
}
