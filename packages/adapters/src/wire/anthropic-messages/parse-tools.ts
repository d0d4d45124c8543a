import type { Tool, ToolChoice } from '../../chat.ts'
import { booleanOf, compact, isObject, objectOf, stringOf } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { formatId } from './format-id.ts'
import { readCacheControl } from './read-cache-control.ts'

/** Tools; each with a `type` of its own is a server tool. @throws WireError `invalid_request` naming the tool. */
export function parseTools(value: unknown): Tool[] | undefined {
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value)) throw new WireError('invalid_request', '`tools` must be an array.', 'tools')
  return value.map((tool, index) => parseTool(tool, `tools[${index}]`))
}

function parseTool(tool: unknown, param: string): Tool {
  if (!isObject(tool)) throw new WireError('invalid_request', `\`${param}\` must be an object.`, param)
  const type = stringOf(tool['type'])
  if (type !== undefined && type !== 'custom') return { type: 'server', format: formatId, tool }
  const name = stringOf(tool['name'])
  if (!name) throw new WireError('invalid_request', `\`${param}.name\` is missing.`, `${param}.name`)
  const parameters = objectOf(tool['input_schema'])
  if (parameters === undefined) {
    const message = `\`${param}.input_schema\` is missing: give a JSON schema, { "type": "object" } if it has no input.`
    throw new WireError('invalid_request', message, `${param}.input_schema`)
  }
  const rest = compact({ description: stringOf(tool['description']), strict: booleanOf(tool['strict']) })
  const unnamed = Object.entries(tool).filter(([field]) => !named.has(field))
  const extra = unnamed.length > 0 ? { extra: Object.fromEntries(unnamed) } : {}
  return { type: 'function', function: { name, ...rest, parameters }, ...readCacheControl(tool), ...extra }
}

const named: ReadonlySet<string> = new Set(['type', 'name', 'description', 'input_schema', 'strict', 'cache_control'])

/** @throws WireError `invalid_request` for a choice that the Messages API doesn't have. */
export function parseToolChoice(value: unknown): ToolChoice | undefined {
  if (value === undefined || value === null) return undefined
  const stated = objectOf(value)
  const name = stringOf(stated?.['name'])
  if (stated?.['type'] === 'auto' || stated?.['type'] === 'none') return stated['type']
  if (stated?.['type'] === 'any') return 'required'
  if (stated?.['type'] === 'tool' && name) return { type: 'function', function: { name } }
  const message = '`tool_choice` must be { "type": "auto" | "any" | "none" } or { "type": "tool", "name": … }.'
  throw new WireError('invalid_request', message, 'tool_choice')
}
