import type { ChatChunk, ChunkChoice } from '../../chat.ts'
import { objectOf, parseObject, stringOf } from '../../json.ts'
import { readProviderError } from '../../read-provider-error.ts'
import type { StreamDecoder, StreamItem, WireContext } from '../../wire-format.ts'

/**
 * Reads the events of a prediction: `output` is text as it is, `done` says why the model stopped. There is no usage.
 * @see https://replicate.com/docs/topics/predictions/streaming
 */
export function createDecoder(context: WireContext): StreamDecoder {
  const head: Omit<ChatChunk, 'choices'> = {
    id: `chat-${context.createId()}`,
    object: 'chat.completion.chunk',
    created: Math.floor(context.now() / 1000),
    model: context.model,
  }
  let finished = false
  let started = false

  const chunk = (choice: Pick<ChunkChoice, 'delta' | 'finish_reason'>): StreamItem => {
    const role = started ? {} : { role: 'assistant' as const }
    started = true
    return {
      type: 'chunk',
      chunk: { ...head, choices: [{ ...choice, index: 0, delta: { ...role, ...choice.delta } }] },
    }
  }

  return {
    push: ({ event, data }) => {
      if (event === 'output') return [chunk({ delta: { content: data }, finish_reason: null })]
      if (event === 'error') return [failure(data)]
      if (event !== 'done' || finished) return []
      const reason = stringOf(objectOf(parseObject(data))?.['reason'])
      if (reason !== undefined) return [failure(`The prediction ended: ${reason}.`)]
      finished = true
      return [chunk({ delta: {}, finish_reason: 'stop' })]
    },
    end: () => [],
    get finished() {
      return finished
    },
  }
}

const failure = (body: string): StreamItem => ({ type: 'error', error: readProviderError({ status: 502, body }) })
