import { Rejection } from '../format.ts'
import { isJson } from '../shape.ts'
import { dataUrlType, isBase64, isHttpUrl } from './media.ts'
import type { ChatMessage, ChatRequest } from './openai-chat-request.ts'
import { checkStrictSchema } from './strict-schema.ts'

/** Rules that every vendor of this format enforces. Throws a Rejection. */
export function checkChat(request: ChatRequest): void {
  if (request.messages.length === 0) {
    const message =
      "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead."
    throw new Rejection(message, { param: 'messages', code: 'empty_array' })
  }
  checkToolTurns(request.messages)
  for (const [index, message] of request.messages.entries()) checkContent(message, index)
  checkTools(request)
  if (request.stream_options && !request.stream) {
    throw new Rejection("The 'stream_options' parameter is only allowed when 'stream' is enabled.", {
      param: 'stream_options',
    })
  }
  if (typeof request.top_logprobs === 'number' && !request.logprobs) {
    throw new Rejection("The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.", {
      param: 'top_logprobs',
    })
  }
}

/** Rules of OpenAI alone. Throws a Rejection. */
export function checkOpenAi(request: ChatRequest, model: string): void {
  const { response_format: format } = request
  if (isReasoningModel(model)) checkReasoningModel(request)
  for (const [index, { function: tool }] of (request.tools ?? []).entries()) {
    const at = {
      name: `function '${tool.name}'`,
      param: `tools[${index}].function.parameters`,
      code: 'invalid_function_parameters',
    }
    if (tool.strict) checkStrictSchema(tool.parameters, at)
  }
  if (format?.type === 'json_schema' && format.json_schema.strict) {
    const name = `response_format '${format.json_schema.name}'`
    checkStrictSchema(format.json_schema.schema, { name, param: 'response_format', code: 'invalid_json_schema' })
  }
  if (format?.type === 'json_object' && !/json/i.test(JSON.stringify(request.messages))) {
    const message =
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'."
    throw new Rejection(message, { param: 'messages' })
  }
}

function isReasoningModel(model: string): boolean {
  return /^(o\d|gpt-5)/.test(model) && !model.includes('chat')
}

function checkReasoningModel(request: ChatRequest): void {
  if (typeof request.max_tokens === 'number') {
    const message =
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
    throw new Rejection(message, { param: 'max_tokens', code: 'unsupported_parameter' })
  }
  for (const param of ['temperature', 'top_p'] as const) {
    const value = request[param]
    if (typeof value !== 'number' || value === 1) continue
    const message = `Unsupported value: '${param}' does not support ${value} with this model. Only the default (1) value is supported.`
    throw new Rejection(message, { param, code: 'unsupported_value' })
  }
}

function checkToolTurns(messages: ChatMessage[]): void {
  let open = new Set<string>()
  for (const [index, message] of messages.entries()) {
    if (message.role === 'tool') {
      if (open.delete(message.tool_call_id)) continue
      const text =
        "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'."
      throw new Rejection(text, { param: `messages.[${index}].role` })
    }
    refuseOpenCalls(open, index)
    open = new Set(message.role === 'assistant' ? (message.tool_calls ?? []).map(({ id }) => id) : [])
  }
  refuseOpenCalls(open, messages.length)
}

function refuseOpenCalls(open: ReadonlySet<string>, index: number): void {
  if (open.size === 0) return
  const message = `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${[...open].join(', ')}`
  throw new Rejection(message, { param: `messages.[${index}].role` })
}

function checkContent(message: ChatMessage, index: number): void {
  const param = `messages.[${index}].content`
  if (message.role === 'assistant') {
    const hasOutput = Boolean(message.tool_calls ?? message.function_call ?? message.refusal ?? message.audio)
    if ((message.content === undefined || message.content === null) && !hasOutput) {
      throw new Rejection(`Invalid value for 'content': expected a string, got null.`, { param })
    }
  }
  if (message.role !== 'user' || typeof message.content === 'string') return
  for (const part of message.content) {
    if (part.type === 'image_url') checkImage(part.image_url.url, param)
    if (part.type === 'input_audio' && !isBase64(part.input_audio.data))
      throw new Rejection('Invalid base64 audio data.', { param })
    if (part.type === 'file') checkFile(part.file, param)
  }
}

function checkImage(url: string, param: string): void {
  if (isHttpUrl(url)) return
  const type = dataUrlType(url)
  if (type === undefined) {
    const message = `Invalid 'image_url'. Expected a valid URL or a base64 data URL, got '${url.slice(0, 40)}'.`
    throw new Rejection(message, { param, code: 'invalid_image_url' })
  }
  if (!/^image\/(png|jpeg|gif|webp)$/.test(type)) {
    throw new Rejection(`Invalid MIME type '${type}'. Only image types are supported.`, {
      param,
      code: 'invalid_image_format',
    })
  }
}

function checkFile(file: { file_id?: string; filename?: string; file_data?: string }, param: string): void {
  if (file.file_id !== undefined) return
  if (file.filename === undefined)
    throw new Rejection(`Missing required parameter: '${param}.file.filename'.`, { param })
  if (file.file_data === undefined || dataUrlType(file.file_data) === undefined) {
    throw new Rejection(`Invalid file data: expected a base64-encoded data URL with a MIME type.`, {
      param,
      code: 'invalid_value',
    })
  }
}

function checkTools({ tools, tool_choice: choice, parallel_tool_calls: parallel }: ChatRequest): void {
  if (!tools) return refuseWithoutTools(choice, parallel)
  for (const [index, { function: tool }] of tools.entries()) {
    if (!/^[a-zA-Z0-9_-]{1,64}$/.test(tool.name)) {
      const message = `Invalid 'tools[${index}].function.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`
      throw new Rejection(message, { param: `tools[${index}].function.name`, code: 'invalid_value' })
    }
    if (tool.parameters && !isObjectSchema(tool.parameters)) {
      const message = `Invalid schema for function '${tool.name}': schema must be a JSON Schema of 'type: "object"', got 'type: ${JSON.stringify(tool.parameters['type'] ?? 'None')}'.`
      throw new Rejection(message, {
        param: `tools[${index}].function.parameters`,
        code: 'invalid_function_parameters',
      })
    }
  }
  if (!isJson(choice) || choice.type !== 'function') return
  const { name } = choice.function
  if (!tools.some((tool) => tool.function.name === name)) {
    throw new Rejection(`Tool choice '${name}' not found in 'tools' parameter.`, { param: 'tool_choice' })
  }
}

function refuseWithoutTools(choice: unknown, parallel: boolean | undefined): void {
  const param = choice === undefined || choice === 'none' ? 'parallel_tool_calls' : 'tool_choice'
  if (param === 'parallel_tool_calls' && parallel === undefined) return
  throw new Rejection(`Invalid value for '${param}': '${param}' is only allowed when 'tools' are specified.`, { param })
}

function isObjectSchema(schema: Record<string, unknown>): boolean {
  return schema['type'] === 'object' || Object.keys(schema).length === 0
}
