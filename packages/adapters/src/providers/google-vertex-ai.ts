import { anthropicBetas, cloudBetas } from '../betas.ts'
import { encodeCompatible } from '../encode-compatible.ts'
import { embeddingsApi } from '../embeddings/embeddings-api.ts'
import { vertexEmbed } from '../embeddings/vertex-embed.ts'
import { compact } from '../json.ts'
import { entryOf } from '../entry-of.ts'
import { defineProvider, type ChatApi } from '../provider.ts'
import { anthropicCount } from '../tokens/token-count.ts'
import { anthropicMessages } from '../wire/anthropic-messages.ts'
import { geminiGenerate } from '../wire/gemini-generate.ts'
import { openaiChat } from '../wire/openai-chat.ts'
import { mistral } from './mistral.ts'

/** The service account, or the gateway's variables, say which project and where; the endpoint follows from that. */
const root = 'https://{endpoint=aiplatform}.googleapis.com/v1/projects/{project}/locations/{location=global}'

/** `{publisher}/{model}`; a model without a publisher is Google's. */
function partsOf(name: string): { publisher: string; model: string } {
  const slash = name.indexOf('/')
  return slash === -1
    ? { publisher: 'google', model: name }
    : { publisher: name.slice(0, slash), model: name.slice(slash + 1) }
}

/** Publishers whose models have a dialect of their own. */
type Publisher = 'google' | 'anthropic' | 'mistralai'

const publishers: ReadonlySet<string> = new Set<Publisher>(['google', 'anthropic', 'mistralai'])

const publishedBy =
  (publisher: Publisher) =>
  (name: string): boolean =>
    partsOf(name).publisher === publisher

function modelUrl(name: string, method: string): string {
  const { publisher, model } = partsOf(name)
  return `${root}/publishers/${encodeURIComponent(publisher)}/models/${encodeURIComponent(model)}:${method}`
}

const rawUrl = (name: string, stream: boolean): string => modelUrl(name, stream ? 'streamRawPredict' : 'rawPredict')

/** @see https://platform.claude.com/docs/en/build-with-claude/claude-on-vertex-ai */
const claude: ChatApi = {
  wire: anthropicMessages,
  serves: publishedBy('anthropic'),
  chatUrl: rawUrl,
  betas: { ...anthropicBetas, allowed: cloudBetas },
  tokenCount: {
    path: () => modelUrl('anthropic/count-tokens', 'rawPredict'),
    nameOf: (model) => partsOf(model).model,
    encode: (chat, model) => ({ ...anthropicCount.encode(chat, model), model: partsOf(model).model }),
  },
  encode: ({ model: _, ...body }) => ({ anthropic_version: 'vertex-2023-10-16', ...body }),
}

/** @see https://docs.mistral.ai/deployment/cloud/vertex/ */
const mistralModels: ChatApi = {
  wire: openaiChat,
  serves: publishedBy('mistralai'),
  chatUrl: rawUrl,
  encode: (body, { model }) => ({ ...mistral.encode(body), model: partsOf(model).model }),
  deviates: mistral.deviates,
}

/** @see https://cloud.google.com/vertex-ai/generative-ai/docs/maas/call-open-model-apis */
const openModels: ChatApi = {
  wire: openaiChat,
  serves: (name) => !publishers.has(partsOf(name).publisher),
  chatUrl: () => `${root}/endpoints/openapi/chat/completions`,
  encode: encodeCompatible,
  deviates: true,
}

/**
 * Models of several publishers, `{publisher}/{model}`, each in the publisher's own dialect; those without one of their
 * own speak OpenAI's.
 * @see https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference
 */
export const googleVertexAI = defineProvider({
  ...entryOf('google-vertex-ai'),
  wire: geminiGenerate,
  serves: publishedBy('google'),
  chatUrl: (model, stream) => modelUrl(model, stream ? 'streamGenerateContent?alt=sse' : 'generateContent'),
  embeddings: embeddingsApi({ format: vertexEmbed, path: (model) => modelUrl(model, 'predict') }),
  tokenCount: {
    path: (model) => modelUrl(model, 'countTokens'),
    encode: ({ contents, systemInstruction, tools }) => compact({ contents, systemInstruction, tools }),
  },
  otherChatApis: [claude, mistralModels, openModels],
})
