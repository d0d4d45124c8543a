import type { ChatChunk } from '../../chat.ts'
import { numberOf, objectOf, objectsOf, parseObject, stringOf, type JsonObject } from '../../json.ts'
import { readStreamError } from '../../read-provider-error.ts'
import type { StreamDecoder, StreamItem, WireContext } from '../../wire-format.ts'
import { malformed } from '../openai-chat/create-decoder.ts'
import { createItemReader, type ItemReader, type Said } from './create-item-reader.ts'
import { readEnding } from './ending.ts'
import { toChatUsage } from './to-chat-usage.ts'

/**
 * Reads the events of a streamed response: one chunk for each that says something. Events that the format doesn't know
 * (`keepalive`, those of server tools, what vendors added) and `[DONE]` mean nothing.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export function createDecoder(context: WireContext): StreamDecoder {
  const progress: Progress = { context, items: createItemReader(context), finished: false }
  return {
    push: ({ data }) => {
      if (progress.finished || data.trim() === '[DONE]') return []
      const event = parseObject(data)
      return event ? read(event, progress) : [malformed]
    },
    end: () => [],
    get finished() {
      return progress.finished
    },
  }
}

interface Progress {
  readonly context: WireContext
  readonly items: ItemReader
  head?: Head
  finished: boolean
}

type Head = Pick<ChatChunk, 'id' | 'object' | 'created' | 'model'>

function read(event: JsonObject, progress: Progress): StreamItem[] {
  switch (event['type']) {
    case 'response.created':
    case 'response.queued':
    case 'response.in_progress':
      return start(objectOf(event['response']) ?? {}, progress)
    case 'response.completed':
    case 'response.incomplete':
      return finish(objectOf(event['response']) ?? {}, progress)
    case 'response.failed':
      return fail(objectOf(event['response']) ?? {}, progress)
    case 'error':
      return fail(event, progress)
    default:
      return event['type'] === undefined && event['error']
        ? fail(event, progress)
        : say(progress.items.read(event), progress)
  }
}

/** The opening chunk; none where it is out. */
function start(response: JsonObject, progress: Progress): StreamItem[] {
  if (progress.head) return []
  const { context } = progress
  progress.head = {
    id: stringOf(response['id']) || `resp_${context.createId()}`,
    object: 'chat.completion.chunk',
    created: numberOf(response['created_at']) || Math.floor(context.now() / 1000),
    model: stringOf(response['model']) || context.model,
  }
  return [
    chunk(progress.head, { choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] }),
  ]
}

function chunk(head: Head, fields: Omit<ChatChunk, keyof Head>): StreamItem {
  return { type: 'chunk', chunk: { ...head, ...fields } }
}

function say(said: Said | undefined, progress: Progress): StreamItem[] {
  if (said === undefined) return []
  const opening = start({}, progress)
  if (progress.head === undefined) return opening
  const { delta, logprobs } = said
  const words = logprobs ? { logprobs: { content: logprobs, refusal: null } } : {}
  return [...opening, chunk(progress.head, { choices: [{ index: 0, delta, ...words, finish_reason: null }] })]
}

/** The whole response comes last; where no event told of its items, they are read from it. */
function finish(response: JsonObject, progress: Progress): StreamItem[] {
  const { items } = progress
  progress.finished = true
  const opening = start(response, progress)
  const whole = items.hasItems ? [] : objectsOf(response['output'])
  const late = whole.flatMap((item, index) => say(items.end(item, String(index)), progress))
  const rest = say(items.close(), progress)
  const usage = toChatUsage(objectOf(response['usage']))
  const tier = stringOf(response['service_tier'])
  if (progress.head === undefined) return opening
  const ending = { index: 0, delta: {}, ...readEnding(response, items.toolCalls > 0) }
  return [
    ...opening,
    ...late,
    ...rest,
    chunk(progress.head, { choices: [ending], ...(tier !== undefined && { service_tier: tier }) }),
    ...(usage ? [chunk(progress.head, { choices: [], usage })] : []),
  ]
}

/** The error stands in `error`, in `response.error`, or in the event itself. */
function fail(said: JsonObject, progress: Progress): StreamItem[] {
  progress.finished = true
  const { type: _, sequence_number: __, ...rest } = said
  const error = objectOf(said['error']) ?? (said['object'] === 'response' ? {} : rest)
  const message = stringOf(error['message']) ?? 'The provider reported that the response failed.'
  return [{ type: 'error', error: readStreamError({ error: { ...error, message } }) }]
}
