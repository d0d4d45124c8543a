import { objectOf, parseObject, stringOf, type JsonObject } from '../../json.ts'

/**
 * The parameters of the function that stands in for a custom tool where a target has functions only: its input as one
 * string. A grammar, which such a target cannot enforce, becomes words that the model reads.
 * @see https://platform.openai.com/docs/guides/function-calling#custom-tools
 */
export function standInParameters(tool: JsonObject): JsonObject {
  const format = objectOf(tool['format'])
  const grammar = format && (stringOf(format['definition']) ?? stringOf(objectOf(format['grammar'])?.['definition']))
  const syntax = format && (stringOf(format['syntax']) ?? stringOf(objectOf(format['grammar'])?.['syntax']))
  const description =
    grammar === undefined
      ? 'The whole input of the tool, as free text.'
      : `The whole input of the tool, as text that this ${syntax ?? 'grammar'} definition allows:\n\n${grammar}`
  return {
    type: 'object',
    properties: { input: { type: 'string', description } },
    required: ['input'],
    additionalProperties: false,
  }
}

/** A custom tool's input as the arguments of its stand-in. */
export function toStandInArguments(input: string): string {
  return JSON.stringify({ input })
}

/** The inverse; arguments that are no such object count as the input itself. */
export function readStandInInput(words: string): string {
  const input = parseObject(words)?.['input']
  if (input === undefined) return words
  return typeof input === 'string' ? input : JSON.stringify(input)
}
