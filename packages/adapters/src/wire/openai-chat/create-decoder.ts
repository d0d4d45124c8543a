import { parseObject } from '../../json.ts'
import type { StreamDecoder, StreamItem, WireContext } from '../../wire-format.ts'
import { createChunkReader } from './create-chunk-reader.ts'

/** Reads the events of a streamed chat completion. */
export function createDecoder(context: WireContext): StreamDecoder {
  const chunks = createChunkReader(context)
  return {
    push: ({ data }) => {
      if (data.trim() === '[DONE]') return chunks.done()
      const body = parseObject(data)
      return body ? chunks.read(body) : [malformed]
    },
    end: () => chunks.end(),
    get finished() {
      return chunks.finished
    },
  }
}

/** What comes of an event that holds no JSON object. */
export const malformed: StreamItem = {
  type: 'error',
  error: { type: 'upstream_error', status: 502, message: 'The provider sent a stream event that is not JSON.' },
}
