import { createSseDecoder, isObject, parseObject, type Json, type JsonObject } from '@gw/adapters'
import type { Deps } from '../deps.ts'
import type { ResponseStore } from './response-store.ts'

export interface Keep {
  store: ResponseStore
  orgId: string
  /** The items that led to the answer. */
  input: Json[]
}

/** Keeps the response that an answer is, or ends with, before the caller has all of it. */
export async function keepResponse(answer: Response, keep: Keep, deps: Pick<Deps, 'report'>): Promise<Response> {
  if (!answer.ok || answer.body === null) return answer
  const { status, headers } = answer
  const logId = headers.get('cf-aig-log-id') ?? ''
  const save = async (response: JsonObject): Promise<void> => {
    try {
      await keep.store.save(keep.orgId, { response, input: keep.input })
    } catch (error) {
      deps.report(error, logId)
    }
  }
  if (headers.get('content-type')?.startsWith('text/event-stream')) {
    return new Response(answer.body.pipeThrough(createWatcher(save)), { status, headers })
  }
  const text = await answer.text()
  const response = parseObject(text)
  if (response) await save(response)
  return new Response(text, { status, headers })
}

/** Passes a stream as it is, and hears of the response that ends it. */
function createWatcher(save: (response: JsonObject) => Promise<void>): TransformStream<Uint8Array, Uint8Array> {
  const events = createSseDecoder()
  return new TransformStream({
    transform: async (bytes, controller) => {
      for (const { event, data } of events.push(bytes)) {
        const ended = event === 'response.completed' || event === 'response.incomplete' ? parseObject(data) : undefined
        if (isObject(ended?.['response'])) await save(ended['response'])
      }
      controller.enqueue(bytes)
    },
  })
}
