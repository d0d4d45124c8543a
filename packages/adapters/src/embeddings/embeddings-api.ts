import { WireError } from '../wire-error.ts'
import type { EmbeddingsApi, EmbeddingsRequest } from './embeddings.ts'
import { isTokens } from './only-texts-or-tokens.ts'

export interface EmbeddingsFacts extends Omit<EmbeddingsApi, 'prepare' | 'adapt'> {
  /** The vendor takes `encoding_format: "base64"`; elsewhere floats are asked for, and encoded for who wants base64. */
  takesBase64?: boolean
  /** The vendor takes texts as tokens; they mean something to its own tokenizer only. */
  takesTokens?: boolean
}

/** A vendor's embeddings. */
export function embeddingsApi({ takesBase64 = false, takesTokens = false, ...api }: EmbeddingsFacts): EmbeddingsApi {
  const prepare = (request: EmbeddingsRequest): EmbeddingsRequest => {
    if (!takesTokens && request.inputs.some(isTokens)) throw tokensAreUnknown()
    const { encoding, ...rest } = request
    return encoding !== 'base64' || takesBase64 ? request : rest
  }
  return { ...api, prepare, adapt: ({ encoding_format: _, ...body }) => body }
}

function tokensAreUnknown(): WireError {
  return new WireError(
    'unsupported',
    'Token arrays mean something to OpenAI models only: send the text itself.',
    'input',
  )
}
