import { anthropicBetas, cloudBetas } from '../betas.ts'
import { bedrockEmbed, bedrockTokens } from '../embeddings/bedrock-embed.ts'
import { embeddingsApi } from '../embeddings/embeddings-api.ts'
import { entryOf } from '../entry-of.ts'
import type { ErrorType } from '../error-type.ts'
import { compact, type JsonObject } from '../json.ts'
import type { ProviderError } from '../provider-error.ts'
import { defineProvider, type ChatApi, type ChatCall } from '../provider.ts'
import { anthropicMessages } from '../wire/anthropic-messages.ts'
import { bedrockConverse } from '../wire/bedrock-converse.ts'

const entry = entryOf('aws-bedrock')
const regionOfArn = /^arn:aws(?:-[a-z]+)*:bedrock:([a-z0-9-]+):/

/** An ARN (of an inference profile, say) names its region; for any other model the gateway's region answers. */
function modelUrl(model: string, operation: string): string {
  const region = regionOfArn.exec(model)?.[1]
  const origin = region === undefined ? entry.origin : entry.origin.replace(/\{.*\}/, region)
  return `${origin}/model/${encodeURIComponent(model)}/${operation}`
}

/**
 * Claude in its own words, for callers who speak them: nothing is translated there and back.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html
 */
const claude = {
  wire: { ...anthropicMessages, framing: 'aws-eventstream' },
  serves: (model) => /anthropic\.claude/.test(model),
  chatUrl: (model, stream) => modelUrl(model, stream ? 'invoke-with-response-stream' : 'invoke'),
  betas: { ...anthropicBetas, allowed: cloudBetas, inBody: true },
  encode: ({ model: _, stream: __, ...body }, { betas = [] }: ChatCall): JsonObject => ({
    anthropic_version: 'bedrock-2023-05-31',
    ...(betas.length > 0 && { anthropic_beta: [...betas] }),
    ...body,
  }),
  deviates: true,
} as const satisfies ChatApi

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference.html */
export const awsBedrock = defineProvider({
  ...entry,
  wire: bedrockConverse,
  chatUrl: (model, stream) => modelUrl(model, stream ? 'converse-stream' : 'converse'),
  otherChatApis: [claude],
  embeddings: embeddingsApi({
    format: bedrockEmbed,
    path: (model) => modelUrl(model, 'invoke'),
    readUsage: bedrockTokens,
  }),
  tokenCount: {
    path: (model) => modelUrl(model, 'count-tokens'),
    encode: ({ messages, system, toolConfig }) => ({ input: { converse: compact({ messages, system, toolConfig }) } }),
  },
  classify,
})

/** Words of the service and of the models behind it, where the general rules don't know them. */
const rules: readonly [RegExp, ErrorType][] = [
  [/tokens per day/i, 'quota_exceeded'],
  [/ServiceQuotaExceeded/i, 'quota_exceeded'],
  [/number of input tokens exceeds|too many input tokens/i, 'context_length'],
  [/model identifier is invalid|on-demand throughput/i, 'model_not_found'],
  [/^Model(?:Stream)?ErrorException\b/i, 'upstream_error'],
]

function classify({ type, nativeType = '', message }: ProviderError): ErrorType | undefined {
  const said = rules.find(([rule]) => rule.test(`${nativeType} ${message}`))?.[1]
  return said === 'upstream_error' && type !== 'invalid_request' ? undefined : said
}
