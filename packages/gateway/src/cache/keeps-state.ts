import type { JsonObject } from '@gw/adapters'

/**
 * True for a chat request whose answer depends on what a provider keeps, or that asks for something to be kept for this
 * caller alone: an earlier response, a conversation, a stored prompt, a container, a run in the background, `store: true`,
 * or the result of an earlier batch.
 */
export function keepsState(body: JsonObject): boolean {
  if (body['store'] === true || body['background'] === true) return true
  return naming.some((name) => body[name] !== undefined && body[name] !== null) || namesStoredPrompt(body)
}

/** Fields that name what somebody keeps. */
const naming = ['previous_response_id', 'conversation', 'container', 'request_id']

/** In the Responses API; elsewhere a prompt is a text. */
function namesStoredPrompt({ prompt }: JsonObject): boolean {
  return typeof prompt === 'object' && prompt !== null && 'id' in prompt
}
