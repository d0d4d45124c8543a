import type { ChatChunk, ChatResponse } from '../chat.ts'
import { createEventDecoder } from '../create-event-decoder.ts'
import type { SseEvent } from '../decode-stream.ts'
import { isObject, objectOf, parseObject, type JsonObject } from '../json.ts'
import type { ProviderError } from '../provider-error.ts'
import type { Provider } from '../provider.ts'
import { readProviderError, readStreamError } from '../read-provider-error.ts'
import type { StreamItem, WireFormat } from '../wire-format.ts'
import { collectChunks } from './collect-chunks.ts'
import { createTestContext } from './create-test-context.ts'
import type { ProviderFixture } from './provider-fixture.ts'

export interface Decoded {
  items: StreamItem[]
  /** The provider's terminal event was among the bytes. */
  finished: boolean
}

export interface DecodeOptions {
  wire: WireFormat
  repair?: Provider['repair']
  /** Bytes that arrive at a time. */
  size?: number
  /** Share of the stream that arrives, from 0 to 1. */
  share?: number
}

/** Decodes a stream that is text. */
export function decodeText(sse: string, options: DecodeOptions): Decoded {
  return decodeBytes(new TextEncoder().encode(sse), options)
}

/** Decodes a stream whose bytes arrive in pieces. */
export function decodeBytes(bytes: Uint8Array, { wire, repair, size = 4096, share = 1 }: DecodeOptions): Decoded {
  const end = Math.floor(bytes.length * share)
  const events = createEventDecoder(wire.framing)
  const decoder = wire.createDecoder(createTestContext())
  const items: StreamItem[] = []
  const read = (event: SseEvent): void => {
    items.push(...decoder.push(repair ? repaired(event, repair) : event))
  }
  for (let start = 0; start < end; start += size) {
    for (const event of events.push(bytes.subarray(start, Math.min(start + size, end)))) read(event)
  }
  for (const event of share === 1 ? events.end() : []) read(event)
  items.push(...decoder.end())
  return { items, finished: decoder.finished }
}

function repaired(event: SseEvent, repair: NonNullable<Provider['repair']>): SseEvent {
  const body = parseObject(event.data)
  return body ? { ...event, data: JSON.stringify(repair(body)) } : event
}

/** The bytes of a fixture that is a stream. */
export function bytesOf({ sse, bytes }: ProviderFixture): Uint8Array | undefined {
  return bytes ?? (sse === undefined ? undefined : new TextEncoder().encode(sse))
}

/** The answer that the chunks make; an error among them is thrown. */
export function answerOf(items: readonly StreamItem[]): ChatResponse {
  const chunks = items.map((item): ChatChunk => {
    if (item.type === 'error') throw new Error(`The stream has an error: ${item.error.message}`)
    return item.chunk
  })
  return collectChunks(chunks)
}

/** The error of a fixture that is one, in the provider's own words where it has some. */
export function readFixtureError(fixture: ProviderFixture, provider: Provider): ProviderError | undefined {
  const { status = 200, headers = {}, body = '', streaming } = fixture
  const stream = streaming ? bytesOf(fixture) : undefined
  const error = stream ? errorOfStream(stream, provider) : errorOfBody({ status, headers, body })
  return error && { ...error, type: provider.classify?.(error) ?? error.type }
}

function errorOfStream(stream: Uint8Array, { wire, repair }: Provider): ProviderError | undefined {
  if (wire === undefined) return undefined
  const { items } = decodeBytes(stream, { wire, ...(repair && { repair }) })
  return items.flatMap((item) => (item.type === 'error' ? [item.error] : [])).at(0)
}

interface ErrorAnswer {
  status: number
  headers: Readonly<Record<string, string>>
  body: JsonObject | string
}

function errorOfBody({ status, headers, body }: ErrorAnswer): ProviderError | undefined {
  if (status >= 400) return readProviderError({ status, headers: new Headers(headers), body: textOf(body) })
  const parsed = isObject(body) ? body : parseObject(body)
  const isError = objectOf(parsed?.['error']) || typeof parsed?.['error'] === 'string' || parsed?.['success'] === false
  return parsed && isError ? readStreamError(parsed) : undefined
}

const textOf = (body: JsonObject | string): string => (typeof body === 'string' ? body : JSON.stringify(body))
