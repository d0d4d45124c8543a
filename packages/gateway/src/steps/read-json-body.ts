import { isObject, type Json, type JsonObject } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import { callerLeft } from './caller-left.ts'

export interface JsonBody {
  /** The body as it came. */
  text: string
  value: Json
}

/** Reads a JSON body once. @throws GatewayError `body_too_large`, `invalid_json`, `client_closed` */
export async function readJsonBody(http: Request, maxBytes: number): Promise<JsonBody> {
  const text = await readText(http, maxBytes)
  if (text.trim() === '') throw new GatewayError('invalid_json', 'The request has no body. Send a JSON object.')
  try {
    const value: Json = JSON.parse(text)
    return { text, value }
  } catch (cause) {
    throw new GatewayError('invalid_json', 'The body is not JSON. Check quotes, commas and the content encoding.', {
      cause,
    })
  }
}

/** @throws GatewayError `invalid_json` when the body is no object. */
export function asObject(value: Json): JsonObject {
  if (isObject(value)) return value
  throw new GatewayError('invalid_json', 'The body must be a JSON object.')
}

/** What was read, for whoever wants to keep it. */
const texts = new WeakMap<Request, string>()

/** The body of a request that has been read as text. */
export function textOf(http: Request): string | undefined {
  return texts.get(http)
}

/** Reads a body as text, and stops at the limit. @throws GatewayError `body_too_large`, `client_closed` */
export async function readText(http: Request, maxBytes: number): Promise<string> {
  const text = await readWhole(http, maxBytes)
  texts.set(http, text)
  return text
}

async function readWhole(http: Request, maxBytes: number): Promise<string> {
  const declared = Number(http.headers.get('content-length') ?? 0)
  if (declared > maxBytes) throw bodyTooLarge(maxBytes)
  if (declared > 0 || http.body === null) return http.text().catch(callerLeft)

  const decoder = new TextDecoder()
  const reader = http.body.getReader()
  let size = 0
  let text = ''
  const next = () => reader.read().catch(callerLeft)
  for (let read = await next(); !read.done; read = await next()) {
    size += read.value.byteLength
    if (size > maxBytes) {
      await reader.cancel()
      throw bodyTooLarge(maxBytes)
    }
    text += decoder.decode(read.value, { stream: true })
  }
  return text + decoder.decode()
}

/** The refusal of a body above the limit. */
export function bodyTooLarge(maxBytes: number): GatewayError {
  return new GatewayError(
    'body_too_large',
    `The body is larger than ${maxBytes} bytes. Send files by URL or in parts.`,
    {
      detail: { limit: maxBytes, unit: 'bytes' },
    },
  )
}
