import type { ChatRequest } from '../chat.ts'
import type { WireContext } from '../wire-format.ts'
import { openaiChat } from '../wire/openai-chat.ts'
import type { AiSdkLanguageModel } from './ai-sdk-source.ts'
import { createPartReader } from './create-part-reader.ts'
import { toCallOptions } from './to-call-options.ts'
import { toChatResponse } from './to-chat-response.ts'
import { toErrorEvent } from './to-error-response.ts'
import { toV3Options } from './to-v3-options.ts'

export interface ChatCallOfModel {
  model: AiSdkLanguageModel
  request: ChatRequest
  signal: AbortSignal
  context: WireContext
}

/** Has an AI SDK model answer a chat completion request. */
export async function answerChat({ model, request, signal, context }: ChatCallOfModel): Promise<Response> {
  const options = toCallOptions(request, signal)
  if (!request.stream) {
    const result =
      model.specificationVersion === 'v4'
        ? await model.doGenerate(options)
        : await model.doGenerate(toV3Options(options))
    return Response.json(openaiChat.formatResponse(toChatResponse(result, context), context))
  }
  const { stream } =
    model.specificationVersion === 'v4' ? await model.doStream(options) : await model.doStream(toV3Options(options))
  return new Response(toEvents(stream, { request, context }), { headers: { 'content-type': 'text/event-stream' } })
}

type Part = Parameters<ReturnType<typeof createPartReader>>[0]

/** One read for one pull: the model is read as fast as the caller reads. */
function toEvents(
  stream: ReadableStream<Part>,
  { request, context }: { request: ChatRequest; context: WireContext },
): ReadableStream<Uint8Array> {
  const reader = stream.getReader()
  const read = createPartReader(context)
  const encoder = openaiChat.createEncoder(request, context)
  const text = new TextEncoder()
  let hasFailed = false
  const textOf = (part: Part): string => {
    if (part.type !== 'error')
      return read(part)
        .map((chunk) => encoder.push(chunk))
        .join('')
    hasFailed = true
    return toErrorEvent(part.error)
  }
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    for (;;) {
      const next = await reader.read()
      const written = next.done ? (hasFailed ? '' : encoder.end()) : textOf(next.value)
      if (written !== '') controller.enqueue(text.encode(written))
      if (next.done) return controller.close()
      if (written !== '') return
    }
  }
  return new ReadableStream({ pull, cancel: (reason) => reader.cancel(reason) }, { highWaterMark: 0 })
}
