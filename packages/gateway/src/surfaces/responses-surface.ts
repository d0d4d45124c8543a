import { isObject, openaiResponses, type JsonObject } from '@gw/adapters'
import type { Deps } from '../deps.ts'
import { formatDialect, type Dialect } from '../errors/dialect.ts'
import { expandResponseCall, itemsOf } from '../responses/expand-response-call.ts'
import { keepResponse, type Keep } from '../responses/keep-response.ts'
import { asObject, readJsonBody } from '../steps/read-json-body.ts'
import { resolveTarget } from '../steps/resolve-target.ts'
import { chatLeg, inboundChat } from './chat-surface.ts'
import type { Inbound, Surface } from './surface.ts'

/**
 * OpenAI's Responses API for any model. Providers that speak it get the body as it is, and keep what they are asked to
 * keep; for others the gateway keeps responses itself. One surface serves one request.
 * @see https://platform.openai.com/docs/api-reference/responses
 */
export function responsesSurface(dialect: Dialect = formatDialect(openaiResponses)): Surface {
  let keep: Keep | undefined
  return {
    id: 'responses',
    dialect,
    parse: async (inbound, deps) => {
      const { text, value } = await readJsonBody(inbound.http, deps.maxBodyBytes)
      const said = asObject(value)
      const call = await readCall(said, inbound, deps)
      const { body } = call
      const chat = inboundChat(openaiResponses, { text: body === said ? text : JSON.stringify(body), body }, deps)
      keep = call.keep
      return { legs: [chatLeg(chat, inbound, deps)], requestedModel: chat.model, stream: chat.stream }
    },
    wrap: async (answer, deps) => (keep ? keepResponse(answer, keep, deps) : answer),
  }
}

interface ReadCall {
  body: JsonObject
  /** Set when the gateway keeps the response. */
  keep: Keep | undefined
}

async function readCall(said: JsonObject, { gateway: { orgId } }: Inbound, deps: Deps): Promise<ReadCall> {
  const { model, store: wanted } = said
  const { api } = resolveTarget(typeof model === 'string' ? model : undefined, deps.providers, openaiResponses.id)
  const isNative = api.wire.id === openaiResponses.id
  const store = deps.responses
  const body = await expandResponseCall({ body: said, orgId, isNative, store })
  const keeps = store !== undefined && !isNative && wanted !== false
  return { body, keep: keeps ? { store, orgId, input: itemsOf(body['input']).filter(isObject) } : undefined }
}
