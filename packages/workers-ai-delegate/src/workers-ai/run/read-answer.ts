import { InvalidResponseDataError } from '@ai-sdk/provider'
import { fromBase64 } from './base64.ts'
import { isObject, type JsonObject } from './json.ts'
import { fromText, type AnswerBody, type RunAnswer } from './run-answer.ts'
import type { RunContext } from './to-api-call-error.ts'

/** The answer's body as it is, to be read later. */
export async function readBody({ body }: RunAnswer): Promise<AnswerBody> {
  return body
}

/** The answer as an object; plain text becomes `{ response }`. Reads a stream to its end, and throws for events. */
export async function readObject({ body }: RunAnswer, context: RunContext): Promise<JsonObject> {
  const isRaw = body.type === 'stream' || body.type === 'bytes'
  const read = isRaw ? fromText(new TextDecoder().decode(await bytesOf(body)), context) : body
  if (read.type === 'json') return read.value
  if (read.type === 'text' && !/^\s*(?:data|event):/.test(read.text)) return { response: read.text }
  throw unexpected('Workers AI answered with a stream, and none was asked for. Leave `stream` out of the options.')
}

/** Makes a reader of bytes: those that came, or those that are base64 in `field`. It throws for anything else. */
export function readBytesIn(field: string) {
  return async ({ body }: RunAnswer, context: RunContext): Promise<Uint8Array> => {
    if (body.type === 'json') return bytesIn(body.value, field, context)
    if (body.type === 'text') return decode(body.text, context)
    const bytes = await bytesOf(body)
    // JSON under another content type, as bindings hand it over when the type has a charset.
    const read = bytes[0] === 0x7b ? fromText(new TextDecoder().decode(bytes), context) : undefined
    return read?.type === 'json' ? bytesIn(read.value, field, context) : bytes
  }
}

async function bytesOf(body: Extract<AnswerBody, { type: 'stream' | 'bytes' }>): Promise<Uint8Array> {
  return body.type === 'bytes' ? body.bytes : new Uint8Array(await new Response(body.stream).arrayBuffer())
}

function bytesIn(value: JsonObject, field: string, context: RunContext): Uint8Array {
  const encoded = value[field] ?? value['response']
  if (typeof encoded === 'string') return decode(encoded, context)
  const raw: unknown = value['data']
  if (raw instanceof Uint8Array) return raw
  if (raw instanceof ArrayBuffer) return new Uint8Array(raw)
  throw unexpected(`${context.modelId} answered without ${field}.`, value)
}

function decode(text: string, { modelId }: RunContext): Uint8Array {
  try {
    return fromBase64(text)
  } catch {
    throw unexpected(`${modelId} answered with text that is no base64.`)
  }
}

function unexpected(message: string, value?: unknown): InvalidResponseDataError {
  const fields = isObject(value) ? ` Its fields are: ${Object.keys(value).join(', ')}.` : ''
  return new InvalidResponseDataError({ data: value, message: `${message}${fields}` })
}
