import { Rejection } from '../format.ts'
import { cohereChat } from '../formats/cohere-chat.ts'
import { hash, uuidFrom } from '../hash.ts'
import { array, nullable, number, object, oneOf, string, tagged } from '../shape.ts'
import type { Static } from '../shape.ts'
import { countAttachment, countWords } from '../usage.ts'
import { embedText } from './embed-text.ts'
import type { Task } from './task.ts'

const content = tagged('type', {
  text: object({ type: oneOf('text'), text: string }),
  image_url: object({ type: oneOf('image_url'), image_url: object({ url: string }, { detail: string }) }),
})
const request = object(
  {
    model: string,
    input_type: oneOf('search_document', 'search_query', 'classification', 'clustering', 'image'),
  },
  {
    texts: array(string, { min: 1, max: 96 }),
    images: array(string, { min: 1, max: 1 }),
    inputs: array(object({ content: array(content, { min: 1 }) }), { min: 1, max: 96 }),
    embedding_types: array(oneOf('float', 'int8')),
    output_dimension: nullable(number({ min: 1, max: 1536, integer: true })),
    max_tokens: nullable(number({ integer: true })),
    truncate: oneOf('NONE', 'START', 'END'),
  },
)

/** Cohere's v2 embed: vectors of each type asked for, of which `int8` is the same numbers here. */
export const cohereEmbed: Task = {
  id: 'cohere-embed',
  path: /\/v2\/embed$/,
  format: cohereChat,
  answer: ({ body }) => {
    if (!request.accepts(body, [])) throw new TypeError('A shape answers true or throws')
    const { embedding_types: types = ['float'], output_dimension: dimensions } = body
    const inputs = inputsOf(body)
    const vectors = inputs.map(({ text }) => embedText(text, dimensions ?? undefined))
    return {
      id: uuidFrom(hash(JSON.stringify(body))),
      embeddings: Object.fromEntries(types.map((type) => [type, vectors])),
      response_type: 'embeddings_by_type',
      ...(body.texts && { texts: body.texts }),
      meta: { api_version: { version: '2' }, billed_units: billedUnits(inputs) },
    }
  },
}

interface Input {
  text: string
  images: number
}

function inputsOf({ texts, images, inputs }: Static<typeof request>): Input[] {
  const given = [
    ...(texts ?? []).map((text) => ({ text, images: 0 })),
    ...(images ?? []).map((text) => ({ text, images: 1 })),
    ...(inputs ?? []).map(toInput),
  ]
  if (given.length > 0) return given
  throw new Rejection('invalid request: at least one of texts, images or inputs must be specified')
}

function toInput({ content: parts }: { content: Static<typeof content>[] }): Input {
  const text = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')
  return { text, images: parts.filter(({ type }) => type === 'image_url').length }
}

function billedUnits(inputs: readonly Input[]): object {
  const images = inputs.reduce((sum, input) => sum + input.images, 0)
  const words = inputs.reduce((sum, input) => sum + countWords(input.text), 0)
  return { input_tokens: words, ...(images > 0 && { image_tokens: images * countAttachment('image') }) }
}
