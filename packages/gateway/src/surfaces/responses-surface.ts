import { openaiResponses } from '@gw/adapters'
import { formatDialect, type Dialect } from '../errors/dialect.ts'
import { keepResponse, type Keep } from '../responses/keep-response.ts'
import { readResponseCall } from '../responses/read-response-call.ts'
import { asObject, readJsonBody } from '../steps/read-json-body.ts'
import { inboundChat, planChat } from './chat-surface.ts'
import type { Surface } from './surface.ts'

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
      const call = await readResponseCall(said, inbound.gateway, deps)
      const { body, isExpanded } = call
      const read = { text: body === said ? text : JSON.stringify(body), body, isExpanded }
      const chat = inboundChat(openaiResponses, read, deps)
      keep = call.keep
      return planChat(chat, inbound, deps)
    },
    wrap: async (answer, deps) => (keep ? keepResponse(answer, keep, deps) : answer),
  }
}
