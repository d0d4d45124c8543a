import type { Settings } from './settings.ts'
import type { Turn } from './turn.ts'

interface Asked {
  model: string
  settings: Settings
  turns: readonly Turn[]
}

/** The request as it is sent. @throws SyntaxError where the tools are no JSON; ask `mistakeInTools` first */
export function toBody({ model, settings, turns }: Asked) {
  const { system, temperature, maxTokens, tools } = settings
  return {
    model: model.trim(),
    messages: [...(system.trim() === '' ? [] : [{ role: 'system', content: system }]), ...turns.map(toMessage)],
    stream: true,
    stream_options: { include_usage: true },
    ...(temperature.trim() !== '' && { temperature: Number(temperature) }),
    ...(maxTokens.trim() !== '' && { max_tokens: Number(maxTokens) }),
    ...(tools.trim() !== '' && { tools: readTools(tools) }),
  }
}

/** A request as it is sent. */
export type Body = ReturnType<typeof toBody>

function readTools(text: string): unknown {
  return JSON.parse(text)
}

function toMessage(turn: Turn) {
  if (turn.role === 'tool') return { role: 'tool', tool_call_id: turn.callId, content: turn.text }
  if (turn.role === 'assistant') {
    const calls = turn.toolCalls.map(({ id, ...called }) => ({ id, type: 'function', function: called }))
    return { role: 'assistant', content: turn.text || null, ...(calls.length > 0 && { tool_calls: calls }) }
  }
  if (turn.pictures.length === 0) return { role: 'user', content: turn.text }
  const pictures = turn.pictures.map(({ url }) => ({ type: 'image_url', image_url: { url } }))
  return { role: 'user', content: [...(turn.text ? [{ type: 'text', text: turn.text }] : []), ...pictures] }
}
