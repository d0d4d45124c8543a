import {
  createEventDecoder,
  formatAwsException,
  hasOutput,
  parseObject,
  type CallerError,
  type ChatApi,
  type ChatChunk,
  type ChatUsage,
  type Provider,
  type ProviderError,
  type SseEvent,
  type StreamDecoder,
  type StreamEncoder,
  type StreamItem,
  type WireFormat,
} from '@gw/adapters'
import { createOutputGauge } from './create-output-gauge.ts'
import { nothingSeen, type Seen, type Tap } from './tap.ts'

/**
 * What the caller of a chat stream gets: `bytes` as they come; `events` as they come but without the usage event that
 * the caller did not ask for; or the stream `translated` to the caller's format.
 */
export type ChatTapMode = 'bytes' | 'events' | 'translated'

export interface ChatTapOptions {
  mode: ChatTapMode
  /** Of the provider's dialect. */
  repair: ChatApi['repair']
  classify: Provider['classify']
  wire: Pick<WireFormat, 'framing' | 'isOutputOnly'>
  decoder: StreamDecoder
  /** In the caller's format; writes errors in the other modes too. */
  encoder: StreamEncoder
  toCallerError(error: ProviderError): CallerError
  /** Hears of what the caller gets; then an error is not written, as somebody may go on from there. */
  onChunk?: ((chunk: ChatChunk) => void) | undefined
  /** Puts the cost into the usage that the caller gets. */
  price?: ((usage: ChatUsage) => number | undefined) | undefined
}

const text = new TextEncoder()

/** Watches a chat stream for output, usage, errors and its end, and writes it in the caller's format where that differs. */
export function createChatTap(options: ChatTapOptions): Tap {
  const { mode, repair, classify, wire, decoder } = options
  const isOutputOnly = mode === 'translated' ? undefined : wire.isOutputOnly
  const frames = createEventDecoder(wire.framing)
  const seen = nothingSeen()
  const gauge = createOutputGauge()

  const { translate, close, isClosed } = createTranslator(options, seen)

  const decode = (event: SseEvent): StreamItem[] =>
    decoder.push(repair ? repaired(event, repair) : event).map((item) => classified(item, classify))

  const write = (events: readonly SseEvent[]): string => {
    let written = ''
    for (const event of events) {
      if (isClosed() || (seen.error && mode === 'translated')) return written
      if (gauge.isSet() && isOutputOnly?.(event.data)) {
        seen.outputCharacters += gauge.read(event.data)
        if (mode === 'events') written += formatEvent(event)
        continue
      }
      const before = seen.outputCharacters
      const items = decode(event)
      written += translate(items)
      if (mode === 'events' && !isUsageEvent(event, items)) written += formatEvent(event)
      gauge.learn(event.data, seen.outputCharacters - before)
      if (mode === 'translated' && isLast(event, items) && decoder.finished) written += close()
    }
    return written
  }

  return {
    seen,
    push: (bytes) => {
      const written = write(frames.push(bytes))
      // A translated stream ends with events of its own.
      seen.isFinished = mode === 'translated' ? isClosed() : decoder.finished && !seen.error
      if (mode === 'bytes') return bytes
      return written === '' ? undefined : text.encode(written)
    },
    end: () => {
      const written = write(frames.end()) + close()
      seen.isFinished = isClosed()
      return written === '' || mode === 'bytes' ? undefined : text.encode(written)
    },
    fail: (error) => {
      seen.error ??= error
      return options.onChunk ? undefined : formatFailure(error, options)
    },
    isClosed,
  }
}

/** Observes what was read, and writes it in the caller's format in mode `translated`. */
function createTranslator(options: ChatTapOptions, seen: Seen) {
  const { mode, decoder, encoder, toCallerError, price, onChunk } = options
  let isClosed = false
  const formatItem = (item: StreamItem): string => {
    if (item.type === 'error') return onChunk ? '' : encoder.error(toCallerError(item.error))
    onChunk?.(item.chunk)
    return encoder.push(withCost(item.chunk, price))
  }
  const translate = (items: readonly StreamItem[]): string => {
    let written = ''
    for (const item of items) {
      observe(seen, item)
      if (mode === 'translated') written += formatItem(item)
      if (mode === 'translated' && item.type === 'error') return written
    }
    return written
  }
  /** What ends the stream, once. */
  const close = (): string => {
    if (isClosed || seen.error) return ''
    const rest = translate(decoder.end())
    isClosed = decoder.finished && !seen.error
    return isClosed && mode === 'translated' ? rest + encoder.end() : rest
  }
  return { translate, close, isClosed: () => isClosed }
}

/** How the caller hears that the upstream broke off. */
function formatFailure(error: ProviderError, { mode, wire, encoder, toCallerError }: ChatTapOptions): Uint8Array {
  if (mode === 'bytes' && wire.framing === 'aws-eventstream') return formatAwsException(error.message)
  // Bytes may have been cut within an event; blank lines end it, and mean nothing elsewhere.
  const separator = mode === 'bytes' ? '\n\n' : ''
  return text.encode(separator + encoder.error(toCallerError(error)))
}

function withCost(chunk: ChatChunk, price: ChatTapOptions['price']): ChatChunk {
  if (!chunk.usage || !price) return chunk
  const cost = price(chunk.usage)
  return cost === undefined ? chunk : { ...chunk, usage: { ...chunk.usage, cost } }
}

/** The vendor's own reading of an error in its stream. */
function classified(item: StreamItem, classify: Provider['classify']): StreamItem {
  const type = item.type === 'error' ? classify?.(item.error) : undefined
  return item.type === 'error' && type ? { ...item, error: { ...item.error, type } } : item
}

function observe(seen: Seen, item: StreamItem): void {
  if (item.type === 'error') {
    seen.error ??= item.error
    return
  }
  const { chunk } = item
  seen.model ??= chunk.model
  seen.hasOutput ||= hasOutput(chunk)
  seen.usage = chunk.usage ?? seen.usage
  seen.outputCharacters += charactersOf(chunk)
}

function charactersOf({ choices }: ChatChunk): number {
  let count = 0
  for (const { delta } of choices) {
    count += (delta.content?.length ?? 0) + (delta.reasoning_content?.length ?? 0)
    for (const call of delta.tool_calls ?? []) count += call.function?.arguments?.length ?? 0
  }
  return count
}

/**
 * True for an event after which a finished stream has nothing more to say. Some formats send their usage after the finish
 * reason; in the canonical stream it is always the last chunk.
 */
function isLast({ data }: SseEvent, items: readonly StreamItem[]): boolean {
  const last = items.at(-1)
  return data === '[DONE]' || (last?.type === 'chunk' && last.chunk.usage !== undefined)
}

/** The event that `stream_options.include_usage` adds before `[DONE]`. */
function isUsageEvent({ data }: SseEvent, items: readonly StreamItem[]): boolean {
  const [item] = items
  return item?.type === 'chunk' && item.chunk.choices.length === 0 && data !== '[DONE]'
}

function formatEvent({ event, data }: SseEvent): string {
  const name = event === undefined ? '' : `event: ${event}\n`
  return `${name}${data
    .split('\n')
    .map((line) => `data: ${line}\n`)
    .join('')}\n`
}

function repaired(event: SseEvent, repair: NonNullable<ChatApi['repair']>): SseEvent {
  const body = parseObject(event.data)
  const mended = body && repair(body)
  return mended === body ? event : { ...event, data: JSON.stringify(mended) }
}
