import type { Tool, ToolChoice } from '../../chat.ts'
import { booleanOf, compact, isObject, objectOf, stringOf, type JsonObject } from '../../json.ts'
import { formatId } from './format-id.ts'
import { invalid } from './invalid.ts'
import { readCachePoint } from './parse-content-block.ts'

/** Tools; a system tool is the provider's own. @throws WireError `invalid_request` naming the tool. */
export function parseTools(value: unknown): Tool[] | undefined {
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value) || !value.every(isObject)) throw invalid('toolConfig.tools', 'must be an array of objects.')
  return value.flatMap((tool, index): Tool[] => {
    if (tool['cachePoint'] !== undefined) return []
    const spec = objectOf(tool['toolSpec'])
    if (!spec) return [{ type: 'server', format: formatId, tool }]
    return [{ ...parseSpec(spec, `toolConfig.tools[${index}].toolSpec`), ...readCachePoint(value[index + 1]) }]
  })
}

function parseSpec(spec: JsonObject, param: string): Tool {
  const name = stringOf(spec['name'])
  if (!name) throw invalid(`${param}.name`, 'is missing.')
  const parameters = objectOf(objectOf(spec['inputSchema'])?.['json'])
  if (!parameters) throw invalid(`${param}.inputSchema.json`, 'is missing: give a JSON schema.')
  const rest = compact({ description: stringOf(spec['description']), strict: booleanOf(spec['strict']) })
  return { type: 'function', function: { name, ...rest, parameters } }
}

/** @throws WireError `invalid_request` for a choice that the API doesn't have. */
export function parseToolChoice(value: unknown): ToolChoice | undefined {
  if (value === undefined || value === null) return undefined
  const choice = objectOf(value)
  if (choice?.['auto'] !== undefined) return 'auto'
  if (choice?.['any'] !== undefined) return 'required'
  const name = stringOf(objectOf(choice?.['tool'])?.['name'])
  if (name) return { type: 'function', function: { name } }
  throw invalid('toolConfig.toolChoice', 'must be { "auto": {} }, { "any": {} } or { "tool": { "name": … } }.')
}
