import type { FunctionTool, Tool } from '../../chat.ts'
import { booleanOf, compact, isObject, objectOf, stringOf, type JsonObject } from '../../json.ts'
import { standInParameters } from './custom-tool.ts'
import { formatId } from './format-id.ts'
import { invalid } from './invalid.ts'

/** Functions, custom tools as functions with a stand-in's parameters, and server tools. @throws WireError `invalid_request` naming the tool. */
export function parseTools(value: unknown): Tool[] | undefined {
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value)) throw invalid('tools', 'must be an array.')
  return value.map((tool, index) => parseTool(tool, `tools[${index}]`))
}

/** @throws WireError `invalid_request` naming the tool. */
export function parseTool(tool: unknown, param: string): Tool {
  if (!isObject(tool)) throw invalid(param, 'must be an object.')
  const type = stringOf(tool['type'])
  if (type === undefined) throw invalid(`${param}.type`, 'is missing.')
  if (type !== 'function' && type !== 'custom') return { type: 'server', format: formatId, tool }
  const name = stringOf(tool['name'])
  if (!name) throw invalid(`${param}.name`, 'is missing.')
  const description = stringOf(tool['description'])
  return type === 'function' ? parseFunction(tool, { name, description }) : parseCustom(tool, { name, description })
}

interface Named {
  name: string
  description: string | undefined
}

function parseFunction(tool: JsonObject, { name, description }: Named): FunctionTool {
  const fields = { description, parameters: objectOf(tool['parameters']), strict: booleanOf(tool['strict']) }
  return { type: 'function', function: { name, ...compact(fields) }, ...extraOf(tool, functionFields) }
}

function parseCustom(tool: JsonObject, { name, description }: Named): FunctionTool {
  const declared = { name, ...compact({ description }), parameters: standInParameters(tool) }
  return { type: 'function', function: declared, custom: true, ...extraOf(tool, customFields) }
}

const functionFields: ReadonlySet<string> = new Set(['type', 'name', 'description', 'parameters', 'strict'])
const customFields: ReadonlySet<string> = new Set(['type', 'name', 'description'])

function extraOf(tool: JsonObject, named: ReadonlySet<string>): Pick<FunctionTool, 'extra'> {
  const rest = Object.entries(tool).filter(([field, value]) => !named.has(field) && value !== null)
  return rest.length > 0 ? { extra: Object.fromEntries(rest) } : {}
}
