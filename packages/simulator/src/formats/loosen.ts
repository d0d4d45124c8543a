import { isJson } from '../shape.ts'

type Json = Record<string, unknown>

const partTypes = new Set<unknown>(['text', 'image_url', 'input_audio', 'file', 'refusal'])

/** Writes the liberties that OpenAI's followers take (Mistral, OpenRouter, …) the way OpenAI would. */
export function loosen(body: unknown): unknown {
  if (!isJson(body)) return body
  const { messages, tools, tool_choice: choice, ...rest } = body
  const functions = Array.isArray(tools) ? tools.flatMap(loosenTool) : []
  const hasTools = functions.length > 0
  return {
    ...rest,
    ...(messages === undefined ? {} : { messages: Array.isArray(messages) ? messages.map(loosenMessage) : messages }),
    ...(hasTools ? { tools: functions } : {}),
    ...(hasTools && choice !== undefined && choice !== null
      ? { tool_choice: choice === 'any' ? 'required' : choice }
      : {}),
  }
}

function loosenMessage(message: unknown): unknown {
  if (!isJson(message)) return message
  const { cache_control: _, prefix: __, content, tool_calls: calls, ...rest } = message
  const parts = Array.isArray(content) ? content.flatMap(loosenPart) : content
  return {
    ...rest,
    ...(content === undefined ? {} : { content: Array.isArray(parts) && parts.length === 0 ? '' : parts }),
    ...(Array.isArray(calls) && calls.length > 0 ? { tool_calls: calls.map(loosenCall) } : {}),
  }
}

/** Some leave the type out, some mark a call for the cache. */
function loosenCall(call: unknown): unknown {
  if (!isJson(call)) return call
  const { cache_control: _, ...rest } = call
  return { type: 'function', ...rest }
}

/** Parts that OpenAI does not have are left out of the answer, not refused. */
function loosenPart(part: unknown): unknown[] {
  if (!isJson(part)) return [part]
  if (!partTypes.has(part['type'])) return []
  const { cache_control: _, ...rest } = part
  if (typeof rest['image_url'] === 'string') return [{ type: 'image_url', image_url: { url: rest['image_url'] } }]
  if (typeof rest['input_audio'] === 'string')
    return [{ type: 'input_audio', input_audio: { data: rest['input_audio'], format: 'wav' } }]
  return [rest]
}

function loosenTool(tool: unknown): Json[] {
  if (!isJson(tool) || !isJson(tool['function'])) return []
  return [{ type: 'function', function: tool['function'] }]
}
