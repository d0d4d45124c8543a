import { objectOf, stringOf, type Json, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'

/** Clients send many fields empty. */
const isEmpty = (value: Json | undefined): boolean =>
  value === '' || value === false || (Array.isArray(value) && value.length === 0)

/** The chat that a prompt begins. @throws WireError `invalid_request` without a prompt. */
export function toChatRequest({ prompt, system, images, ...body }: JsonObject): JsonObject {
  if (typeof prompt !== 'string' || prompt === '') {
    throw new WireError('invalid_request', '`prompt` must be a text.', 'prompt')
  }
  const { stream, think, options, ...rest } = body
  const others = Object.entries(rest).filter(([, value]) => !isEmpty(value))
  return {
    ...Object.fromEntries(others),
    ...(stream !== undefined && { stream }),
    ...(think !== undefined && { think }),
    ...(options !== undefined && { options }),
    messages: [
      ...(typeof system === 'string' && system !== '' ? [{ role: 'system', content: system }] : []),
      { role: 'user', content: prompt, ...(images !== undefined && { images }) },
    ],
  }
}

/** An answer, or a line of one, in the words of the chat API. An error is the same in both. */
export function toChatLine(line: JsonObject): JsonObject {
  const { response, thinking, context: _, ...rest } = line
  if (line['error'] !== undefined) return line
  return { ...rest, message: { role: 'assistant', content: stringOf(response) ?? '', ...(thinking && { thinking }) } }
}

/** The reverse. Calls of tools, which nobody can declare here, have no place. */
export function toGenerateLine(line: JsonObject): JsonObject {
  const { model, created_at, message, ...rest } = line
  const { content, thinking } = objectOf(message) ?? {}
  return { model, created_at, response: stringOf(content) ?? '', ...(thinking && { thinking }), ...rest }
}
