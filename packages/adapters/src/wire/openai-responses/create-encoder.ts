import type { ChatChunk, ChatRequest, ChatUsage, FinishReason } from '../../chat.ts'
import { objectOf, type JsonObject } from '../../json.ts'
import type { CallerError, StreamEncoder, WireContext } from '../../wire-format.ts'
import { formatError } from '../openai-chat/format-error.ts'
import { createOutputWriter } from './create-output-writer.ts'
import { formatEnding } from './ending.ts'
import { responseId } from './response-id.ts'
import { formatEnvelope, type ResponseHead, type ResponseState } from './format-envelope.ts'

/**
 * Writes chunks as the events of a response, numbered from 0. The last one repeats the whole response; there is no
 * `[DONE]`.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export function createEncoder(request: ChatRequest, context: WireContext): StreamEncoder {
  const events = createEventLog()
  const output = createOutputWriter({ request, createId: () => context.createId(), emit: events.emit })
  let head: ResponseHead | undefined
  let usage: ChatUsage | undefined
  let finish: FinishReason = 'stop'

  const envelope = (known: ResponseHead, state: ResponseState): JsonObject =>
    formatEnvelope(request, { head: known, state })
  const start = (chunk: Pick<ChatChunk, 'id' | 'created' | 'model' | 'service_tier'>): ResponseHead => {
    if (head) return head
    const { id, created, model, service_tier } = chunk
    head = { id: responseId(id, context), created, model, service_tier }
    const response = envelope(head, { status: 'in_progress', output: [] })
    events.emit('response.created', { response })
    events.emit('response.in_progress', { response })
    return head
  }
  const seconds = (): number => Math.floor(context.now() / 1000)
  const startAnyway = (): ResponseHead => start({ id: '', created: seconds(), model: request.model })

  return {
    push: (chunk) => {
      head = { ...start(chunk), ...(chunk.service_tier !== undefined && { service_tier: chunk.service_tier }) }
      usage = chunk.usage ?? usage
      for (const { index, delta, logprobs, finish_reason } of chunk.choices) {
        if (index !== 0) continue
        output.write(delta, logprobs)
        finish = finish_reason ?? finish
      }
      return events.take()
    },
    error: (error: CallerError) => {
      const known = startAnyway()
      const said = objectOf(formatError(error)['error']) ?? {}
      const failure = { code: said['code'] ?? 'server_error', message: said['message'] }
      events.emit('error', { ...failure, param: said['param'] ?? null, error: said })
      const response = envelope(known, { status: 'failed', error: failure, output: output.items, usage })
      events.emit('response.failed', { response })
      return events.take()
    },
    end: () => {
      const known = startAnyway()
      const ending = formatEnding(finish, output)
      output.close(ending.status)
      const state = { ...ending, completedAt: seconds(), output: output.items, usage }
      events.emit(`response.${ending.status}`, { response: envelope(known, state) })
      return events.take()
    },
  }
}

/** Events as text, each with its number. */
function createEventLog() {
  let text = ''
  let sequenceNumber = 0
  return {
    emit: (type: string, fields: JsonObject): void => {
      text += `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequenceNumber, ...fields })}\n\n`
      sequenceNumber += 1
    },
    take: (): string => {
      const taken = text
      text = ''
      return taken
    },
  }
}
