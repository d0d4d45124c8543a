import { Rejection } from '../format.ts'
import { isJson } from '../shape.ts'
import { dataUrlType, isHttpUrl } from './media.ts'
import { itemsOf } from './openai-responses-request.ts'
import type { ResponsesContent, ResponsesItem, ResponsesRequest } from './openai-responses-request.ts'
import { isSigned } from './signature.ts'
import { checkStrictSchema } from './strict-schema.ts'

/** Rules that every vendor of this format enforces. Throws a Rejection. */
export function checkResponses(request: ResponsesRequest): void {
  const items = itemsOf(request)
  if (items.length === 0) {
    const message =
      "Invalid 'input': empty array. Expected an array with minimum length 1, but got an empty array instead."
    throw new Rejection(message, { param: 'input', code: 'empty_array' })
  }
  for (const [index, item] of items.entries()) checkItem(item, `input[${index}]`)
  checkCalls(items)
  checkTools(request)
}

/** Rules of OpenAI alone. Throws a Rejection. */
export function checkOpenAiResponses(request: ResponsesRequest, model: string): void {
  refuseUnknown(request)
  for (const [index, item] of itemsOf(request).entries()) {
    if (item.type === 'reasoning') checkReasoningItem(item, `input[${index}]`)
  }
  const most = request.max_output_tokens
  if (typeof most === 'number' && most < 16) {
    const message = `Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got ${most} instead.`
    throw new Rejection(message, { param: 'max_output_tokens', code: 'integer_below_min_value' })
  }
  checkModel(request, model)
  checkFormat(request)
}

/** Models that think; they alone have encrypted reasoning, and no sampling. */
export function isReasoningModel(model: string): boolean {
  return /^(o\d|gpt-5)/.test(model) && !model.includes('chat')
}

function checkModel(request: ResponsesRequest, model: string): void {
  if (!isReasoningModel(model)) {
    if (request.include?.includes('reasoning.encrypted_content')) {
      throw new Rejection('Encrypted content is not supported with this model.', { param: 'include' })
    }
    if (!request.reasoning?.effort && !request.reasoning?.summary) return
    const param = request.reasoning.effort ? 'reasoning.effort' : 'reasoning.summary'
    const message = `Unsupported parameter: '${param}' is not supported with this model.`
    throw new Rejection(message, { param, code: 'unsupported_parameter' })
  }
  for (const param of ['temperature', 'top_p'] as const) {
    if (typeof request[param] !== 'number') continue
    const message = `Unsupported parameter: '${param}' is not supported with this model.`
    throw new Rejection(message, { param, code: 'unsupported_parameter' })
  }
}

/** What is left of these was found nowhere. */
function refuseUnknown({ previous_response_id: previous, background }: ResponsesRequest): void {
  if (background) throw new Rejection('Background mode is not available.', { param: 'background' })
  if (typeof previous !== 'string') return
  throw new Rejection(`Previous response with id '${previous}' not found.`, {
    param: 'previous_response_id',
    code: 'previous_response_not_found',
  })
}

function checkItem(item: ResponsesItem, param: string): void {
  if (item.type === 'item_reference') {
    throw new Rejection(`Item with id '${item.id}' not found.`, { param: 'input' })
  }
  if (item.type === 'message') checkContent(item.content, { param: `${param}.content`, known: knownParts(item.role) })
  if (item.type === 'function_call_output' || item.type === 'custom_tool_call_output') {
    checkContent(item.output, { param: `${param}.output`, known: inputParts })
  }
}

const inputParts = ['input_text', 'input_image', 'input_file']
const outputParts = ['output_text', 'refusal']

function knownParts(role: string): string[] {
  if (role === 'assistant') return outputParts
  return role === 'user' ? inputParts : ['input_text']
}

function checkContent(content: ResponsesContent, { param, known }: { param: string; known: string[] }): void {
  if (typeof content === 'string') return
  for (const [index, part] of content.entries()) {
    const place = `${param}[${index}]`
    if (!known.includes(part.type)) {
      const values = known
        .map((type) => `'${type}'`)
        .join(', ')
        .replace(/, ([^,]*)$/, ' and $1')
      const message = `Invalid value: '${part.type}'. Supported values are: ${values}.`
      throw new Rejection(message, { param: place, code: 'invalid_value' })
    }
    if (part.type === 'input_image' && !part.file_id) checkImage(part.image_url ?? '', place)
    if (part.type === 'input_file') checkFile(part, place)
  }
}

function checkImage(url: string, param: string): void {
  if (isHttpUrl(url)) return
  const type = dataUrlType(url)
  if (type !== undefined && /^image\/(png|jpeg|gif|webp)$/.test(type)) return
  const place = `${param}.image_url`
  const message = `Invalid '${place}'. Expected a valid URL or a base64 data URL of an image, but got '${url.slice(0, 40)}'.`
  throw new Rejection(message, { param: place, code: 'invalid_value' })
}

interface FilePart {
  file_id?: string | null
  file_url?: string
  file_data?: string
  filename?: string
}

function checkFile({ file_id, file_url, file_data, filename }: FilePart, param: string): void {
  if (file_id || file_url) return
  if (file_data === undefined || dataUrlType(file_data) === undefined) {
    const place = `${param}.file_data`
    const message = `Invalid file data: '${place}'. Expected a base64-encoded data URL with a valid file MIME type (e.g. 'data:text/plain;base64,SGVsbG8sIFdvcmxkIQ==').`
    throw new Rejection(message, { param: place, code: 'invalid_value' })
  }
  if (filename === undefined) {
    const place = `${param}.filename`
    throw new Rejection(`Missing required parameter: '${place}'.`, {
      param: place,
      code: 'missing_required_parameter',
    })
  }
}

function checkCalls(items: ResponsesItem[]): void {
  const open = new Map<string, string>()
  for (const item of items) {
    if (item.type === 'function_call') open.set(item.call_id, 'function')
    if (item.type === 'custom_tool_call') open.set(item.call_id, 'custom tool')
    if (item.type !== 'function_call_output' && item.type !== 'custom_tool_call_output') continue
    const kind = item.type === 'function_call_output' ? 'function' : 'custom tool'
    if (open.get(item.call_id) !== kind) {
      const message = `No tool call found for ${kind} call output with call_id ${item.call_id}.`
      throw new Rejection(message, { param: 'input' })
    }
    open.delete(item.call_id)
  }
  const [first] = open
  if (first) throw new Rejection(`No tool output found for ${first[1]} call ${first[0]}.`, { param: 'input' })
}

/** What is encrypted belongs to the item whose id it came with; without it there is nothing stored to go by. */
function checkReasoningItem(item: Extract<ResponsesItem, { type: 'reasoning' }>, param: string): void {
  const { id, encrypted_content: encrypted } = item
  if (!encrypted) {
    const message = `Item with id '${id ?? ''}' not found. Items are not persisted when \`store\` is set to false. Try again with \`store\` set to true, or remove this item from your input.`
    throw new Rejection(message, { param: 'input' })
  }
  const isOwn = id ? isSigned('openai', id, encrypted) : isOurs(encrypted)
  if (isOwn) return
  const reason = isOurs(encrypted)
    ? 'Encrypted content item_id did not match the target item id.'
    : 'Encrypted content could not be decrypted or parsed.'
  const message = `The encrypted content for item ${id ?? 'unknown'} could not be verified. Reason: ${reason}`
  throw new Rejection(message, { param: `${param}.encrypted_content`, code: 'invalid_encrypted_content' })
}

function isOurs(encrypted: string): boolean {
  try {
    return atob(encrypted).startsWith('sim:openai:')
  } catch {
    return false
  }
}

function checkTools({ tools = [], tool_choice: choice }: ResponsesRequest): void {
  const names = tools.flatMap((tool) => (tool.type === 'function' || tool.type === 'custom' ? [tool.name] : []))
  for (const [index, tool] of tools.entries()) {
    if (tool.type !== 'function' && tool.type !== 'custom') continue
    if (!/^[a-zA-Z0-9_-]{1,64}$/.test(tool.name)) {
      const param = `tools[${index}].name`
      const message = `Invalid '${param}': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`
      throw new Rejection(message, { param, code: 'invalid_value' })
    }
    if (tool.type === 'function') checkParameters(tool, `tools[${index}].parameters`)
  }
  if (choice === 'required' && tools.length === 0) {
    throw new Rejection("Tool choice 'required' must be specified with 'tools' parameter.", { param: 'tool_choice' })
  }
  if (!isJson(choice) || (choice.type !== 'function' && choice.type !== 'custom')) return
  if (names.includes(choice.name)) return
  throw new Rejection(`Tool choice '${choice.name}' not found in 'tools' parameter.`, { param: 'tool_choice' })
}

interface FunctionTool {
  name: string
  parameters?: Record<string, unknown> | null
  strict?: boolean | null
}

function checkParameters({ name, parameters, strict }: FunctionTool, param: string): void {
  const code = 'invalid_function_parameters'
  if (parameters && parameters['type'] !== 'object' && Object.keys(parameters).length > 0) {
    const message = `Invalid schema for function '${name}': schema must be a JSON Schema of 'type: "object"', got 'type: ${JSON.stringify(parameters['type'] ?? 'None')}'.`
    throw new Rejection(message, { param, code })
  }
  if (strict) checkStrictSchema(parameters, { name: `function '${name}'`, param, code })
}

function checkFormat({ text, input, instructions }: ResponsesRequest): void {
  const format = text?.format
  if (format?.type === 'json_schema' && format.strict) {
    const place = { name: `response_format '${format.name}'`, param: 'text.format.schema', code: 'invalid_json_schema' }
    checkStrictSchema(format.schema, place)
  }
  if (format?.type === 'json_object' && !/json/i.test(JSON.stringify([input, instructions]))) {
    const message =
      "Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'."
    throw new Rejection(message, { param: 'input' })
  }
}
