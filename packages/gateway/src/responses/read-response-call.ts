import { isObject, openaiResponses, type JsonObject } from '@gw/adapters'
import type { Deps } from '../deps.ts'
import type { Gateway } from '../gateways/gateway-store.ts'
import { isRouted } from '../routing/is-routed.ts'
import { resolveTarget } from '../steps/resolve-target.ts'
import { expandResponseCall, itemsOf } from './expand-response-call.ts'
import type { Keep } from './keep-response.ts'

export interface ReadResponseCall {
  /** With what it names put in; the same object as was said when it names nothing that is kept here. */
  body: JsonObject
  /** Set when the gateway keeps the response. */
  keep: Keep | undefined
  /** What is kept here was put in, with the ids that the gateway gave. */
  isExpanded: boolean
}

/** A body of the Responses API for the model that it names. @throws GatewayError as `expandResponseCall` and `resolveTarget` */
export async function readResponseCall(
  said: JsonObject,
  { orgId }: Pick<Gateway, 'orgId'>,
  deps: Deps,
): Promise<ReadResponseCall> {
  const { model, store: wanted } = said
  const name = typeof model === 'string' ? model : undefined
  // Where it is not known yet who answers, the gateway keeps.
  const isNative =
    !isRouted(name) && resolveTarget(name, deps.providers, openaiResponses.id).api.wire.id === openaiResponses.id
  const store = deps.responses
  const body = await expandResponseCall({ body: said, orgId, isNative, store })
  const keeps = store !== undefined && !isNative && wanted !== false
  const isExpanded = !isNative && body !== said
  return {
    body,
    isExpanded,
    keep: keeps ? { store, orgId, input: itemsOf(body['input']).filter(isObject) } : undefined,
  }
}
