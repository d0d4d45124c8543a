import { encodeCompatible } from '../encode-compatible.ts'
import { entryOf } from '../entry-of.ts'
import { defineProvider, type ChatApi } from '../provider.ts'
import { openaiChat } from '../wire/openai-chat.ts'

const dialect = { wire: openaiChat, encode: encodeCompatible, deviates: true } satisfies ChatApi

/** A deployment of one's own is named by the id of its model, a word; models of the shared API are `{vendor}/{model}`. */
const isDedicated = (model: string): boolean => /^\w+$/.test(model)

/** @see https://docs.baseten.co/inference/calling-your-model */
const dedicated: ChatApi = {
  ...dialect,
  serves: isDedicated,
  chatUrl: (model) => `https://model-${model}.api.baseten.co/environments/production/sync/v1/chat/completions`,
}

/** @see https://docs.baseten.co/inference/model-apis/overview */
export const baseten = defineProvider({
  ...entryOf('baseten'),
  ...dialect,
  serves: (model) => !isDedicated(model),
  otherChatApis: [dedicated],
})
