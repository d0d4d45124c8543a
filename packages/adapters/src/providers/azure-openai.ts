import { entryOf } from '../entry-of.ts'
import type { JsonObject } from '../json.ts'
import { defineProvider } from '../provider.ts'
import { openaiChat } from '../wire/openai-chat.ts'

const resourceAndDeployment = /^([\w-]+)\/([^/]+)$/

/**
 * A model is a deployment of a resource, `{resource}/{deployment}`, on Azure's v1 API. Streams begin with a chunk without
 * choices that tells of content filters.
 * @see https://learn.microsoft.com/azure/ai-foundry/openai/latest
 */
export const azureOpenAI = defineProvider({
  ...entryOf('azure-openai'),
  wire: openaiChat,
  deviates: true,
  modelForm: 'azure-openai/{resource}/{deployment}',
  chatUrl: (model) => {
    const [, resource] = resourceAndDeployment.exec(model) ?? []
    return resource === undefined ? undefined : `https://${resource}.openai.azure.com/openai/v1/chat/completions`
  },
  encode: ({ model, ...body }): JsonObject => ({
    ...body,
    model: typeof model === 'string' ? (resourceAndDeployment.exec(model)?.[2] ?? model) : model,
  }),
})
