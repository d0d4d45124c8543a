import { Rejection } from '../format.ts'
import type { CohereMessage, CohereRequest } from './cohere-request.ts'
import { dataUrlType, isHttpUrl } from './media.ts'

/** Cohere's rules between fields. Throws a Rejection. */
export function checkCohere({ messages, tools = [], tool_choice: choice }: CohereRequest): void {
  let open = new Set<string>()
  for (const [index, message] of messages.entries()) {
    if (message.role === 'tool') {
      if (open.delete(message.tool_call_id)) continue
      throw new Rejection(
        `invalid request: tool_call_id '${message.tool_call_id}' at messages[${index}] does not match any tool call of the previous assistant message`,
      )
    }
    refuseOpen(open)
    open = new Set(message.role === 'assistant' ? (message.tool_calls ?? []).map(({ id }) => id) : [])
    checkContent(message, index)
  }
  refuseOpen(open)
  if (choice === 'REQUIRED' && tools.length === 0)
    throw new Rejection('invalid request: tool_choice requires at least one tool')
  for (const [index, { function: tool }] of tools.entries()) {
    if (tool.parameters['type'] !== 'object') {
      throw new Rejection(`invalid request: tools[${index}].function.parameters must be a JSON schema of type object`)
    }
  }
}

function refuseOpen(open: ReadonlySet<string>): void {
  if (open.size === 0) return
  throw new Rejection(`invalid request: no tool message found for the following tool call ids: ${[...open].join(', ')}`)
}

function checkContent(message: CohereMessage, index: number): void {
  if (message.role === 'assistant') {
    const isEmpty = (message.content ?? '').length === 0 && (message.tool_calls ?? []).length === 0
    if (isEmpty) throw new Rejection(`invalid request: message at messages[${index}] must have content or tool_calls`)
    for (const { function: call } of message.tool_calls ?? []) checkArguments(call.arguments, index)
    return
  }
  if (message.content.length === 0)
    throw new Rejection(`invalid request: message at messages[${index}] must have non-empty content`)
  if (message.role !== 'user' || typeof message.content === 'string') return
  for (const part of message.content) {
    if (part.type !== 'image_url' || isHttpUrl(part.image_url.url)) continue
    if (!dataUrlType(part.image_url.url)?.startsWith('image/')) {
      throw new Rejection(
        `invalid request: messages[${index}] has an image_url that is neither a URL nor a base64 data URL of an image`,
      )
    }
  }
}

function checkArguments(text: string, index: number): void {
  try {
    JSON.parse(text)
  } catch (cause) {
    throw new Rejection(
      `invalid request: tool call arguments at messages[${index}] are not valid JSON: ${String(cause)}`,
    )
  }
}
