import { isObject, type JsonObject } from '@gw/adapters'
import { GatewayError } from '@gw/headers'

/** A file among JSON inputs, and the inputs beside it. */
export interface FileInput {
  bytes: Uint8Array<ArrayBuffer>
  contentType: string
  others: JsonObject
}

/**
 * The file of inputs such as `{ audio: { body: <base64>, contentType } }`, which the binding takes and the provider's REST
 * API wants as bytes. `undefined` where there is none.
 * @throws GatewayError `invalid_request` when its body is no base64
 */
export function findFileInput(inputs: JsonObject): FileInput | undefined {
  for (const [name, value] of Object.entries(inputs)) {
    if (!isObject(value)) continue
    const { body, contentType } = value
    if (typeof body !== 'string' || typeof contentType !== 'string') continue
    const { [name]: _, ...others } = inputs
    return { bytes: decode(body, name), contentType, others }
  }
  return undefined
}

function decode(base64: string, name: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  } catch (cause) {
    throw new GatewayError('invalid_request', `\`${name}.body\` must be base64.`, { cause, detail: { param: name } })
  }
}
