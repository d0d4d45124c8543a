import { openaiBetas } from '../betas.ts'
import { embeddingsApi } from '../embeddings/embeddings-api.ts'
import { openaiEmbeddings } from '../embeddings/openai-embeddings.ts'
import { entryOf } from '../entry-of.ts'
import { openaiModeration } from '../moderation/openai-moderation.ts'
import { defineProvider } from '../provider.ts'
import { responsesCount } from '../tokens/token-count.ts'
import { openaiChat } from '../wire/openai-chat.ts'
import { openaiCompletions } from '../wire/openai-completions.ts'
import { openaiResponses } from '../wire/openai-responses.ts'
import { dropForeignReasoning } from '../wire/openai-responses/drop-foreign-reasoning.ts'

/** Models that take prompts alone. */
const completes = (model: string): boolean =>
  /^(?:ft:)?(?:davinci-002|babbage-002|gpt-3\.5-turbo-instruct)(?:$|[:-])/.test(model)

/** Models that are served by the Responses API alone. */
const responds = (model: string): boolean =>
  /^(?:o1-pro|o3-pro|o3-deep-research|o4-mini-deep-research|computer-use-preview|gpt-5(?:\.\d+)?-pro)/.test(model) ||
  /^(?:codex-|gpt-5.*-codex)/.test(model)

/**
 * @see https://platform.openai.com/docs/api-reference/chat
 * @see https://platform.openai.com/docs/models
 */
export const openai = defineProvider({
  ...entryOf('openai'),
  wire: openaiChat,
  serves: (model) => !completes(model) && !responds(model),
  betas: openaiBetas,
  otherChatApis: [
    {
      wire: openaiResponses,
      serves: (model) => !completes(model),
      encode: dropForeignReasoning,
      tokenCount: responsesCount,
      betas: openaiBetas,
    },
    { wire: openaiCompletions, serves: completes },
  ],
  embeddings: embeddingsApi({ format: openaiEmbeddings, takesBase64: true, takesTokens: true }),
  moderation: { format: openaiModeration, isFree: true },
})
