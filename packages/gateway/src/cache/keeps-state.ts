import { isObject, type JsonObject } from '@gw/adapters'

/**
 * True for a chat request whose answer depends on what a provider keeps, or that asks for something to be kept for this
 * caller alone: an earlier response, a conversation, a stored prompt or agent, a container, a run in the background or one
 * to be asked for later, `store: true`, or the result of an earlier batch.
 */
export function keepsState(body: JsonObject): boolean {
  if (asking.some((name) => body[name] === true)) return true
  return naming.some((name) => (body[name] ?? null) !== null) || namesStoredPrompt(body) || namesContainer(body)
}

/** Fields that ask for something to be kept; xAI gives out a deferred answer once. */
const asking = ['store', 'background', 'deferred']

/** Fields that name what somebody keeps. */
const naming = ['previous_response_id', 'conversation', 'container', 'request_id', 'agent_id']

/** In the Responses API; elsewhere a prompt is a text. */
function namesStoredPrompt({ prompt }: JsonObject): boolean {
  return typeof prompt === 'object' && prompt !== null && 'id' in prompt
}

/** OpenAI's tools name containers too; those of type `auto` are made anew. */
function namesContainer({ tools }: JsonObject): boolean {
  return Array.isArray(tools) && tools.some((tool) => isObject(tool) && typeof tool['container'] === 'string')
}
