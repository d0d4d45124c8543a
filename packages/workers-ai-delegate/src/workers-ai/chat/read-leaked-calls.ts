import { isObject, parseJson, type Json, type JsonObject } from '../run/json.ts'

/** A tool call that stands in an answer's text. */
export interface LeakedCall {
  name: string
  input: string
}

/**
 * The calls that a model wrote as JSON text where it had to call a tool, as gpt-oss does: `{ name, arguments }`,
 * `{ name, parameters }`, `{ name, …arguments }`, or a list of them. Only names of offered tools count.
 */
export function readLeakedCalls(text: string, toolNames: ReadonlySet<string>): LeakedCall[] {
  const parsed = parseJson(text.trim())
  const candidates = Array.isArray(parsed) ? parsed : [parsed]
  return candidates.filter(isObject).flatMap((candidate) => {
    const { name, ...fields } = candidate
    return typeof name === 'string' && toolNames.has(name) ? [{ name, input: toInput(fields) }] : []
  })
}

/** Whether a text that is still coming may turn out to be leaked calls. */
export function mayBeLeakedCalls(text: string): boolean {
  return /^\s*(?:[{[]|$)/.test(text)
}

function toInput(fields: JsonObject): string {
  const named = ['arguments', 'parameters'].find((field) => field in fields)
  const input: Json | undefined = named === undefined ? fields : fields[named]
  return typeof input === 'string' ? input : JSON.stringify(input ?? {})
}
