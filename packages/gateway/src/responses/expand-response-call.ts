import { isObject, type Json, type JsonObject } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import { outputOf } from './create-response-store.ts'
import type { ResponseStore } from './response-store.ts'

export interface ResponseCall {
  body: JsonObject
  orgId: string
  /** The provider speaks the format itself, and may know ids that are not ours. */
  isNative: boolean
  store: ResponseStore | undefined
}

/**
 * The body with what it names put in: the turns before it in place of `previous_response_id`, and items in place of
 * references. The same object when it names nothing that is kept here.
 * @throws GatewayError `invalid_request` when something is named that nobody has, `unsupported` for what only OpenAI keeps
 */
export async function expandResponseCall(call: ResponseCall): Promise<JsonObject> {
  const { body, isNative } = call
  if (body['background'] === true)
    throw unsupported(
      'background',
      'Runs in the background are not available here: leave it out and stream the answer.',
    )
  if (!isNative && body['conversation'])
    throw unsupported('conversation', 'Only OpenAI keeps conversations: use `previous_response_id`, or send all items.')
  return expandReferences(await expandPrevious(call), call)
}

async function expandPrevious({ body, orgId, isNative, store }: ResponseCall): Promise<JsonObject> {
  const { previous_response_id: id, ...rest } = body
  if (id === undefined || id === null) return body
  const stored = typeof id === 'string' ? await store?.find(orgId, id) : undefined
  if (stored) {
    const input = [...stored.input, ...outputOf(stored.response), ...itemsOf(body['input'])]
    // A provider of the format would look for the id; others are not told, and the answer repeats it.
    return { ...(isNative ? rest : body), input }
  }
  if (isNative) return body
  throw notFound(
    'previous_response_id',
    `There is no response "${short(id)}" here: it has expired, was made with \`store: false\`, or is a provider's own. Send the whole conversation in \`input\`.`,
  )
}

async function expandReferences(body: JsonObject, { orgId, isNative, store }: ResponseCall): Promise<JsonObject> {
  const { input } = body
  if (!Array.isArray(input) || !input.some(isReference)) return body
  const expand = async (item: Json): Promise<Json> => {
    if (!isReference(item)) return item
    const found = await store?.findItem(orgId, String(item['id']))
    if (found || isNative) return found ?? item
    throw notFound('input', `There is no item "${short(item['id'])}" here. Send the item itself.`)
  }
  return { ...body, input: await Promise.all(input.map(expand)) }
}

const isReference = (item: Json): item is JsonObject => isObject(item) && item['type'] === 'item_reference'

/** A plain text is one message of the user. */
export function itemsOf(input: Json | undefined): Json[] {
  if (Array.isArray(input)) return input
  return typeof input === 'string' ? [{ type: 'message', role: 'user', content: input }] : []
}

const short = (value: Json | undefined): string => String(value).slice(0, 100)

function notFound(param: string, message: string): GatewayError {
  return new GatewayError('invalid_request', message, { detail: { param } })
}

function unsupported(param: string, message: string): GatewayError {
  return new GatewayError('unsupported', message, { detail: { param } })
}
