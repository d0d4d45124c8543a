import type { ContentPart } from '../chat.ts'
import { WireError } from '../wire-error.ts'
import type { EmbeddingInput } from './embeddings.ts'

/** The inputs for a vendor that embeds text alone. @throws WireError `unsupported` for tokens and images. */
export function onlyTexts(inputs: readonly EmbeddingInput[]): string[] {
  return inputs.map((input) => (typeof input === 'string' ? input : textOfParts(input)))
}

function textOfParts(input: number[] | ContentPart[]): string {
  return input
    .map((part) => {
      if (typeof part === 'number') throw tokens()
      if (part.type === 'text') return part.text
      throw new WireError('unsupported', 'This model embeds text only: leave images and files out.', 'input')
    })
    .join('\n')
}

function tokens(): WireError {
  return new WireError(
    'unsupported',
    'Token arrays mean something to OpenAI models only: send the text itself.',
    'input',
  )
}
