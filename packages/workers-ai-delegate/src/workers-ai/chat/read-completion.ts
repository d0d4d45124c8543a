import { compact, objectOf, objectsOf, numberOf, stringOf, type Json, type JsonObject } from '../run/json.ts'
import { readResponse } from './read-response.ts'

/** A call as a model gives it. */
export interface CompletionCall {
  id?: string
  name: string
  /** The arguments as JSON text. */
  input: string
}

/** A whole answer, whichever shape the model gave it. */
export interface Completion {
  id?: string
  model?: string
  /** Seconds since 1970. */
  created?: number
  reasoning: string
  text: string
  calls: CompletionCall[]
  finishReason?: string
  usage?: JsonObject
}

/** Reads the native shape `{ response, tool_calls }`, a chat completion, or an object of the Responses API. */
export function readCompletion(body: JsonObject): Completion {
  const said = Array.isArray(body['output']) ? readResponse(body) : readMessage(body)
  return compact({
    id: stringOf(body['id']) || undefined,
    model: stringOf(body['model']) || undefined,
    created: numberOf(body['created'] ?? body['created_at']),
    usage: objectOf(body['usage']),
    ...said,
  })
}

function readMessage(
  body: JsonObject,
): Pick<Completion, 'reasoning' | 'text' | 'calls'> & { finishReason: string | undefined } {
  const [choice] = objectsOf(body['choices'])
  const message = objectOf(choice?.['message']) ?? body
  return {
    reasoning: reasoningOf(message),
    text: toText(message['content']) || toText(body['response']) || toText(message['refusal']),
    calls: objectsOf(message['tool_calls'] ?? body['tool_calls']).map(toCall),
    finishReason: stringOf(choice?.['finish_reason'] ?? body['finish_reason']),
  }
}

/** The thoughts of a message or delta, under either of their names, or as parts of its content. */
export function reasoningOf({ reasoning_content: thoughts, reasoning, content }: JsonObject): string {
  return (
    stringOf(thoughts) ||
    stringOf(reasoning) ||
    objectsOf(content)
      .map(({ thinking }) => toText(thinking))
      .join('')
  )
}

/** Content as text: in JSON mode it is the object itself, some models answer with a number, and some with parts. */
export function toText(content: Json | undefined): string {
  if (content === undefined || content === null) return ''
  if (typeof content === 'string') return content
  const parts = objectsOf(content).filter(({ text, thinking }) => typeof text === 'string' || thinking !== undefined)
  const isParts = Array.isArray(content) && parts.length === content.length
  return isParts ? parts.map(({ text }) => stringOf(text) ?? '').join('') : JSON.stringify(content)
}

/** A call in OpenAI's shape or in the native one. */
export function toCall(call: JsonObject): CompletionCall {
  const called = objectOf(call['function']) ?? call
  const id = stringOf(call['id'])
  return { name: stringOf(called['name']) ?? '', input: toInput(called['arguments']), ...(id && { id }) }
}

/** Arguments as JSON text; models without arguments send nothing, `null` or an empty string. */
export function toInput(input: Json | undefined): string {
  const text = typeof input === 'string' ? input : JSON.stringify(input ?? {})
  return text.trim() === '' || text.trim() === 'null' ? '{}' : text
}
