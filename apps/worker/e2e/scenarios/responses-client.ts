import { objectOf, objectsOf, stringOf } from '../../../../packages/adapters/src/json.ts'
import { createSseDecoder, type Json, type JsonObject } from '@gw/adapters'
import { ask, type Told } from './ask.ts'
import type { CreateLoopClient, Turn } from './loop-client.ts'

/** A client of the Responses API, which has all that was said in the last event. */
export const createResponsesClient: CreateLoopClient = (gateway, first) => {
  const input: Json[] = objectsOf(first['input'])
  let output: JsonObject[] = []
  return {
    async send() {
      const { text, logId } = await ask(gateway, '/v1/responses', { ...first, input })
      output = objectsOf(readResponse(text, first['stream'] === true)['output'])
      return { ...toTold(output), logId }
    },
    goOn({ results, said }: Turn) {
      const calls = output.filter(({ type }) => type === 'function_call')
      input.push(
        ...output,
        ...calls.map(({ call_id = null }, index): Json => ({
          type: 'function_call_output',
          call_id,
          output: results[index] ?? '',
        })),
        ...said.map((content): Json => ({ role: 'user', content })),
      )
    },
  }
}

function readResponse(text: string, isStream: boolean): JsonObject {
  if (!isStream) return JSON.parse(text)
  const decoder = createSseDecoder()
  const events = [...decoder.push(new TextEncoder().encode(text)), ...decoder.end()]
  const last: JsonObject = JSON.parse(events.at(-1)?.data ?? '{}')
  return objectOf(last['response']) ?? {}
}

function toTold(output: readonly JsonObject[]): Told {
  const parts = output.flatMap(({ content }) => objectsOf(content))
  return {
    text: parts.map(({ text, type }) => (type === 'output_text' ? stringOf(text) : '')).join(''),
    calls: output
      .filter(({ type }) => type === 'function_call')
      .map(({ call_id, name, arguments: given }) => ({
        id: String(call_id),
        name: String(name),
        arguments: String(given),
      })),
  }
}
