import { GatewayError } from '@gw/headers'
import type { Context } from 'hono'
import { readText } from '../steps/read-json-body.ts'

/** A control plane's writes are small. */
const maxBytes = 256 * 1024

/** The JSON body of a write; none at all is an empty object. @throws GatewayError `invalid_request`, `body_too_large` */
export async function readBody(c: Context): Promise<unknown> {
  const text = await readText(c.req.raw, maxBytes)
  return text.trim() === '' ? {} : parseJson(text)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new GatewayError('invalid_request', 'The body is not JSON. Send an object, `{"name":"…"}`.', { cause })
  }
}
