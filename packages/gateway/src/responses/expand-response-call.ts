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
    const earlier = [...stored.input, ...outputOf(stored.response)]
    // A provider of the format would look for the ids; others are not told, and the answer repeats that of the response.
    if (isNative) return { ...rest, input: [...asSaid(earlier), ...itemsOf(body['input'])] }
    return { ...body, input: [...earlier, ...itemsOf(body['input'])] }
  }
  if (isNative) return body
  throw invalid(
    'previous_response_id',
    `There is no response "${short(id)}" here: it has expired, was made with \`store: false\`, or is a provider's own. Send the whole conversation in \`input\`.`,
  )
}

async function expandReferences(body: JsonObject, { orgId, isNative, store }: ResponseCall): Promise<JsonObject> {
  const { input } = body
  const references = Array.isArray(input) ? input.filter(isReference).length : 0
  if (!Array.isArray(input) || references === 0) return body
  if (references > mostReferences)
    throw invalid(
      'input',
      `At most ${mostReferences} item references: \`input\` has ${references}. Send items themselves.`,
    )
  const expand = async (item: Json): Promise<Json> => {
    if (!isReference(item)) return item
    const found = await store?.findItem(orgId, String(item['id']))
    if (found) return isNative ? withoutId(found) : found
    if (isNative) return item
    throw invalid('input', `There is no item "${short(item['id'])}" here. Send the item itself.`)
  }
  return { ...body, input: await Promise.all(input.map(expand)) }
}

/** Each takes a read of its own. */
const mostReferences = 500

/** Items that a provider of the format takes without an id. */
const needNoId: ReadonlySet<Json | undefined> = new Set([
  'message',
  'reasoning',
  'function_call',
  'function_call_output',
  'custom_tool_call',
  'custom_tool_call_output',
])

/** What was put in, for a provider of the format: it did not give the ids, and would look for them. */
export function forProviderOfFormat({ previous_response_id: _, ...body }: JsonObject): JsonObject {
  return { ...body, input: asSaid(itemsOf(body['input'])) }
}

const asSaid = (items: readonly Json[]): Json[] => items.filter(isTaken).map(withoutId)

/** Reasoning goes back encrypted or not at all. */
const isTaken = (item: Json): boolean =>
  !isObject(item) || item['type'] !== 'reasoning' || typeof item['encrypted_content'] === 'string'

/** An item as if the caller had written it: a provider refuses ids that it did not give. */
function withoutId(item: Json): Json {
  if (!isObject(item) || !needNoId.has(item['type'] ?? 'message')) return item
  const { id: _, ...rest } = item
  return rest
}

const isReference = (item: Json): item is JsonObject => isObject(item) && item['type'] === 'item_reference'

/** A plain text is one message of the user. */
export function itemsOf(input: Json | undefined): Json[] {
  if (Array.isArray(input)) return input
  return typeof input === 'string' ? [{ type: 'message', role: 'user', content: input }] : []
}

const short = (value: Json | undefined): string => String(value).slice(0, 100)

function invalid(param: string, message: string): GatewayError {
  return new GatewayError('invalid_request', message, { detail: { param } })
}

function unsupported(param: string, message: string): GatewayError {
  return new GatewayError('unsupported', message, { detail: { param } })
}
