import { objectOf, objectsOf, stringOf, type Json, type JsonObject } from '../run/json.ts'
import type { Completion } from './read-completion.ts'

type Said = Pick<Completion, 'reasoning' | 'text' | 'calls'> & { finishReason: string | undefined }

/** Reads an object of the Responses API, as the gpt-oss models answer. */
export function readResponse({ output, status, incomplete_details: details }: JsonObject): Said {
  const items = objectsOf(output)
  const ofType = (type: string) => items.filter((item) => item['type'] === type)
  const calls = ofType('function_call').map(({ call_id: id, name, arguments: input }) => ({
    name: stringOf(name) ?? '',
    input: stringOf(input) || '{}',
    ...(typeof id === 'string' && id !== '' && { id }),
  }))
  return {
    reasoning: ofType('reasoning')
      .map(({ content, summary }) => textsIn(content) || textsIn(summary))
      .join('\n'),
    text: ofType('message')
      .map(({ content }) => textsIn(content))
      .join(''),
    calls,
    finishReason: reasonOf(status, objectOf(details)),
  }
}

function textsIn(parts: Json | undefined): string {
  return objectsOf(parts)
    .map(({ text, refusal }) => stringOf(text) ?? stringOf(refusal) ?? '')
    .join('')
}

function reasonOf(status: Json | undefined, details: JsonObject | undefined): string | undefined {
  const reason = stringOf(details?.['reason'])
  if (reason === 'max_output_tokens') return 'length'
  if (reason !== undefined) return reason
  return status === 'failed' ? 'error' : undefined
}
