import { encodeCompatible } from '../encode-compatible.ts'
import { embeddingsApi } from '../embeddings/embeddings-api.ts'
import { openaiEmbeddings } from '../embeddings/openai-embeddings.ts'
import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { openaiChat } from '../wire/openai-chat.ts'

/**
 * Qwen on Model Studio; names its reasoning `reasoning_content`.
 * @see https://www.alibabacloud.com/help/en/model-studio/qwen-api-via-openai-chat-completions
 */
export const alibaba = defineProvider({
  ...entryOf('alibaba'),
  wire: openaiChat,
  encode: encodeCompatible,
  embeddings: embeddingsApi({ format: openaiEmbeddings }),
  deviates: true,
})
