import type { FunctionTool, Tool, ToolChoice } from '../../chat.ts'
import { compact, isObject, objectOf, stringOf, stringsOf, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { formatId } from './format-id.ts'
import { toJsonSchema } from './to-json-schema.ts'

/** Functions and server tools. @throws WireError `invalid_request` naming the tool. */
export function parseTools(value: unknown): Tool[] | undefined {
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value)) throw new WireError('invalid_request', '`tools` must be an array.', 'tools')
  return value.flatMap((tool, index) => {
    if (isObject(tool)) return parseTool(tool, `tools[${index}]`)
    throw new WireError('invalid_request', `\`tools[${index}]\` must be an object.`, `tools[${index}]`)
  })
}

function parseTool({ functionDeclarations, ...servers }: JsonObject, param: string): Tool[] {
  const declared = Array.isArray(functionDeclarations) ? functionDeclarations : []
  const functions = declared.map((declaration, index) => {
    return parseFunction(declaration, `${param}.functionDeclarations[${index}]`)
  })
  const others = Object.entries(servers).filter(([, value]) => value !== null && value !== undefined)
  return [
    ...functions,
    ...others.map(([name, value]): Tool => ({ type: 'server', format: formatId, tool: { [name]: value } })),
  ]
}

function parseFunction(value: unknown, param: string): FunctionTool {
  const declaration = objectOf(value) ?? {}
  const { name, description, parameters, parametersJsonSchema, ...extra } = declaration
  if (typeof name !== 'string' || name === '') {
    throw new WireError('invalid_request', `\`${param}.name\` is missing.`, `${param}.name`)
  }
  const schema = objectOf(parameters)
  const rest = {
    description: stringOf(description),
    parameters: objectOf(parametersJsonSchema) ?? (schema && toJsonSchema(schema)),
  }
  return {
    type: 'function',
    function: { name, ...compact(rest) },
    ...(Object.keys(extra).length > 0 && { extra }),
  }
}

interface ParsedChoice {
  choice: ToolChoice | undefined
  /** What the canonical choice cannot say. */
  toolConfig: JsonObject | undefined
}

/** @throws WireError `invalid_request` for a mode that Gemini doesn't have. */
export function parseToolChoice(value: unknown): ParsedChoice {
  const { functionCallingConfig, ...config } = objectOf(value) ?? {}
  const { mode, allowedFunctionNames, ...calling } = objectOf(functionCallingConfig) ?? {}
  const word = (stringOf(mode) ?? 'MODE_UNSPECIFIED').toUpperCase()
  const names = stringsOf(allowedFunctionNames)
  const isValidated = word === 'VALIDATED'
  const kept = {
    ...calling,
    ...(isValidated && { mode: word, ...(names.length > 0 && { allowedFunctionNames: names }) }),
  }
  const rest = { ...config, ...(Object.keys(kept).length > 0 && { functionCallingConfig: kept }) }
  return { choice: choiceOf(word, names), toolConfig: Object.keys(rest).length > 0 ? rest : undefined }
}

function choiceOf(mode: string, names: string[]): ToolChoice | undefined {
  const [only, second] = names
  switch (mode) {
    case 'MODE_UNSPECIFIED':
      return undefined
    case 'NONE':
      return 'none'
    case 'AUTO':
    case 'VALIDATED':
      return only === undefined ? 'auto' : { type: 'allowed_tools', mode: 'auto', names }
    case 'ANY':
      if (only === undefined) return 'required'
      if (second === undefined) return { type: 'function', function: { name: only } }
      return { type: 'allowed_tools', mode: 'required', names }
    default: {
      const param = 'toolConfig.functionCallingConfig.mode'
      throw new WireError('invalid_request', `\`${param}\` must be AUTO, ANY, NONE or VALIDATED.`, param)
    }
  }
}
