import type { ToolChoice } from '../../chat.ts'
import { isObject, objectsOf, stringOf, type Json, type JsonObject } from '../../json.ts'
import { invalid } from './invalid.ts'

export interface ParsedToolChoice {
  choice?: ToolChoice
  /** The choice as it came, where it names tools that only the vendor has. */
  native?: Json
}

/** @throws WireError `invalid_request` for a choice that the Responses API doesn't have. */
export function parseToolChoice(value: Json | undefined): ParsedToolChoice {
  if (value === undefined || value === null) return {}
  if (value === 'auto' || value === 'none' || value === 'required') return { choice: value }
  const type = isObject(value) ? stringOf(value['type']) : undefined
  if (!isObject(value) || type === undefined) {
    throw invalid(
      'tool_choice',
      'must be "auto", "none", "required" or an object such as { "type": "function", "name": … }.',
    )
  }
  if (type === 'allowed_tools') return parseAllowed(value)
  const name = nameOf(value)
  return name === undefined ? { native: value } : { choice: { type: 'function', function: { name } } }
}

function parseAllowed(value: JsonObject): ParsedToolChoice {
  const tools = objectsOf(value['tools'])
  const names = tools.flatMap((tool) => nameOf(tool) ?? [])
  const mode = value['mode'] === 'required' ? 'required' : 'auto'
  return {
    choice: { type: 'allowed_tools', mode, names },
    ...(names.length < tools.length && { native: value }),
  }
}

function nameOf({ type, name }: JsonObject): string | undefined {
  return type === 'function' || type === 'custom' ? stringOf(name) : undefined
}
