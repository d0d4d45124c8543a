import { embeddingsApi } from '../embeddings/embeddings-api.ts'
import { openaiEmbeddings } from '../embeddings/openai-embeddings.ts'
import { entryOf } from '../entry-of.ts'
import type { JsonObject } from '../json.ts'
import { defineProvider, type ChatCall } from '../provider.ts'
import { toNativeUrl } from '../registry.ts'
import { openaiChat } from '../wire/openai-chat.ts'
import { openaiResponses } from '../wire/openai-responses.ts'
import { dropForeignReasoning } from '../wire/openai-responses/drop-foreign-reasoning.ts'

const entry = entryOf('azure-openai')

interface Deployment {
  /** With `.services.ai`, one of Foundry. */
  resource: string
  name: string
  /** Of the API whose URLs name the deployment; without it, the body does. */
  version: string | undefined
}

function deploymentOf(model: string): Deployment | undefined {
  const [, resource, name, version] = /^([\w-]+(?:\.services\.ai)?)\/([^/@]+)(?:@([\w-]+))?$/.exec(model) ?? []
  return resource === undefined || name === undefined ? undefined : { resource, name, version }
}

/** The URL of an operation; the API with versions has none for responses. */
function urlOf(model: string, operation: string): string | undefined {
  const { resource, name, version } = deploymentOf(model) ?? {}
  if (resource === undefined || name === undefined) return undefined
  const path =
    version === undefined
      ? `v1/${operation}`
      : `deployments/${encodeURIComponent(name)}/${operation}?api-version=${version}`
  return toNativeUrl(entry, `${resource}/${path}`)
}

const nameOf = (model: string): string => deploymentOf(model)?.name ?? model

const encode = (body: JsonObject, { model }: ChatCall): JsonObject => ({ ...body, model: nameOf(model) })

/**
 * A model is a deployment of a resource, `{resource}/{deployment}`, on Azure's v1 API; `{resource}/{deployment}@{version}`
 * is the same on the API that has a version in each URL. Streams begin with a chunk without choices that tells of content
 * filters.
 * @see https://learn.microsoft.com/azure/ai-foundry/openai/latest
 * @see https://learn.microsoft.com/azure/ai-foundry/openai/reference
 */
export const azureOpenAI = defineProvider({
  ...entry,
  wire: openaiChat,
  deviates: true,
  modelForm: 'azure-openai/{resource}/{deployment}',
  chatUrl: (model) => urlOf(model, 'chat/completions'),
  encode,
  embeddings: embeddingsApi({
    format: openaiEmbeddings,
    takesBase64: true,
    takesTokens: true,
    path: (model) => urlOf(model, 'embeddings'),
    encode: (body) => ({ ...body, model: nameOf(String(body['model'])) }),
  }),
  otherChatApis: [
    {
      wire: openaiResponses,
      serves: (model) => deploymentOf(model)?.version === undefined,
      chatUrl: (model) => urlOf(model, 'responses'),
      encode: (body, call) => dropForeignReasoning(encode(body, call)),
    },
  ],
})
