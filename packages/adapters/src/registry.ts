import { apiKeyHeader, authScheme, bearer, type Auth } from './auth.ts'
import { googleEndpoint } from './google-endpoint.ts'

/** What a client or a gateway needs to know of a vendor to reach it: pure facts, no wire format. */
export interface ProviderEntry {
  /** Slug in gateway URLs and model names. */
  id: string
  /** Other names that callers use, such as `xai` for `grok`. */
  aliases?: readonly string[]
  /** Scheme and host. */
  origin: string
  /** Where the API lives, `/v1` for example; put in front of native paths that name no base themselves. `{name}` placeholders are filled from the gateway's variables. */
  basePath: string
  /** Other roots that native paths may name; they are kept. */
  otherBases?: readonly string[]
  /** Roots that published clients send instead of `basePath`; they are replaced by it. */
  baseAliases?: readonly string[]
  /** Recognises the vendor's own URLs; what follows the match is the native path. */
  host?: RegExp
  auth: Auth
  /** Further headers that may carry the vendor's secret, lower case. */
  otherAuthHeaders?: readonly string[]
  /** Environment variables that may hold the secret; the first that is set wins. */
  envKeys: readonly string[]
  /** Variables that make the secret together, joined by `:`; the first list of which all are set wins, after `envKeys`. */
  envSets?: readonly (readonly string[])[]
  /** The dialect that client plug-ins speak to it. */
  clientWire?: 'openai' | 'anthropic' | 'google'
  /** Base URL that client plug-ins need, where it is not the plug-in's own default. */
  clientBaseURL?: string
  /** Part of the run catalogue (`env.AI.run("vendor/model")`). */
  runCatalog?: boolean
  /** Who pays on Cloudflare's hosted gateway: its credits (`unified`) or the caller's own key (`byok`). */
  billing: 'unified' | 'byok'
  /** Where OpenAI's endpoints (embeddings, responses) are in a native path, for vendors whose own API is another. */
  openaiPath?: string
  /** False for vendors without a `/{gateway}/{provider}/…` path. */
  gatewayPath?: boolean
  /** The upstream URL of a native path, where it is more than origin, base and path. */
  toUrl?(path: string): string | undefined
  /** The native path of a vendor URL that `host` matched, where it is more than what follows the match. */
  toPath?(match: RegExpExecArray): string
}

const azureResource = /^([\w-]+(?:\.services\.ai)?)\/(?:openai\/)?(?:(v1)\/|(?:deployments\/)?([^/]+)\/)(.+)$/
const bedrockService = /^(bedrock-(?:runtime|mantle))\/([\w-]+)\/+(.+)$/
const workersAI = 'https://api.cloudflare.com/client/v4/accounts/{account}/ai'
const vertexLocation = /^v1(?:beta1)?\/projects\/[^/]+\/locations\/([\w-]+)\//

/**
 * The vendors that Cloudflare AI Gateway knows, in the order in which URLs are matched, and then ours.
 * @see https://developers.cloudflare.com/ai-gateway/usage/providers/
 */
export const registry: readonly ProviderEntry[] = [
  {
    id: 'openai',
    origin: 'https://api.openai.com',
    basePath: '/v1',
    host: /^https:\/\/api\.openai\.com\//,
    auth: bearer(),
    envKeys: ['OPENAI_API_KEY'],
    clientWire: 'openai',
    runCatalog: true,
    billing: 'unified',
  },
  {
    id: 'anthropic',
    origin: 'https://api.anthropic.com',
    basePath: '/v1',
    host: /^https:\/\/api\.anthropic\.com\//,
    auth: apiKeyHeader('x-api-key'),
    otherAuthHeaders: ['authorization'],
    envKeys: ['ANTHROPIC_API_KEY'],
    clientWire: 'anthropic',
    runCatalog: true,
    billing: 'unified',
  },
  {
    id: 'google-ai-studio',
    aliases: ['google', 'gemini', 'ai-studio'],
    origin: 'https://generativelanguage.googleapis.com',
    basePath: '/v1beta',
    otherBases: ['v1', 'v1alpha', 'upload/v1beta'],
    host: /^https:\/\/generativelanguage\.googleapis\.com\//,
    auth: apiKeyHeader('x-goog-api-key'),
    otherAuthHeaders: ['authorization'],
    envKeys: ['GEMINI_API_KEY', 'GOOGLE_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY'],
    clientWire: 'google',
    runCatalog: true,
    billing: 'unified',
  },
  {
    id: 'grok',
    aliases: ['xai', 'x-ai'],
    origin: 'https://api.x.ai',
    basePath: '/v1',
    host: /^https:\/\/api\.x\.ai\//,
    auth: bearer(),
    envKeys: ['XAI_API_KEY'],
    clientWire: 'openai',
    clientBaseURL: 'https://api.x.ai/v1',
    runCatalog: true,
    billing: 'unified',
  },
  {
    id: 'groq',
    origin: 'https://api.groq.com',
    basePath: '/openai/v1',
    baseAliases: ['v1'],
    host: /^https:\/\/api\.groq\.com\/openai\/v1\//,
    auth: bearer(),
    envKeys: ['GROQ_API_KEY'],
    clientWire: 'openai',
    clientBaseURL: 'https://api.groq.com/openai/v1',
    runCatalog: true,
    billing: 'unified',
  },
  {
    id: 'alibaba',
    aliases: ['qwen', 'dashscope'],
    origin: 'https://dashscope-intl.aliyuncs.com',
    basePath: '/compatible-mode/v1',
    baseAliases: ['v1'],
    host: /^https:\/\/dashscope-intl\.aliyuncs\.com\/compatible-mode\//,
    auth: bearer(),
    envKeys: ['DASHSCOPE_API_KEY', 'ALIBABA_API_KEY'],
    clientWire: 'openai',
    runCatalog: true,
    billing: 'unified',
    gatewayPath: false,
  },
  {
    id: 'minimax',
    origin: 'https://api.minimax.io',
    basePath: '/v1',
    host: /^https:\/\/api\.minimax\.io\//,
    auth: bearer(),
    envKeys: ['MINIMAX_API_KEY'],
    clientWire: 'openai',
    runCatalog: true,
    billing: 'unified',
    gatewayPath: false,
  },
  {
    id: 'google-vertex-ai',
    aliases: ['google-vertex', 'vertex'],
    origin: 'https://aiplatform.googleapis.com',
    basePath: '/v1',
    otherBases: ['v1beta1'],
    host: /^https:\/\/(?:[a-z0-9-]+-)?aiplatform\.(?:[a-z]+\.rep\.)?googleapis\.com\//,
    auth: { ...bearer(), kind: 'google-cloud' },
    otherAuthHeaders: ['x-goog-api-key'],
    envKeys: [
      'GOOGLE_VERTEX_SERVICE_ACCOUNT',
      'GOOGLE_APPLICATION_CREDENTIALS_JSON',
      'GOOGLE_VERTEX_API_KEY',
      'GOOGLE_VERTEX_ACCESS_TOKEN',
    ],
    billing: 'unified',
    toUrl: (path) => {
      const location = vertexLocation.exec(path)?.[1]
      if (location === undefined) return undefined
      return `https://${googleEndpoint(location)}.googleapis.com/${path}`
    },
  },
  {
    id: 'deepseek',
    origin: 'https://api.deepseek.com',
    basePath: '',
    host: /^https:\/\/api\.deepseek\.com\//,
    auth: bearer(),
    envKeys: ['DEEPSEEK_API_KEY'],
    clientWire: 'openai',
    clientBaseURL: 'https://api.deepseek.com',
    runCatalog: true,
    billing: 'unified',
  },
  {
    id: 'mistral',
    origin: 'https://api.mistral.ai',
    basePath: '/v1',
    host: /^https:\/\/api\.mistral\.ai\//,
    auth: bearer(),
    envKeys: ['MISTRAL_API_KEY'],
    clientWire: 'openai',
    clientBaseURL: 'https://api.mistral.ai/v1',
    billing: 'byok',
  },
  {
    id: 'perplexity-ai',
    aliases: ['perplexity'],
    origin: 'https://api.perplexity.ai',
    basePath: '',
    host: /^https:\/\/api\.perplexity\.ai\//,
    auth: bearer(),
    envKeys: ['PERPLEXITY_API_KEY'],
    clientWire: 'openai',
    clientBaseURL: 'https://api.perplexity.ai',
    billing: 'byok',
    toUrl: (path) => (path === 'v1/chat/completions' ? 'https://api.perplexity.ai/chat/completions' : undefined),
  },
  {
    id: 'cerebras',
    origin: 'https://api.cerebras.ai',
    basePath: '/v1',
    host: /^https:\/\/api\.cerebras\.ai\//,
    auth: bearer(),
    envKeys: ['CEREBRAS_API_KEY'],
    clientWire: 'openai',
    clientBaseURL: 'https://api.cerebras.ai/v1',
    billing: 'byok',
  },
  {
    id: 'openrouter',
    origin: 'https://openrouter.ai',
    basePath: '/api/v1',
    baseAliases: ['v1'],
    host: /^https:\/\/openrouter\.ai\/api\//,
    auth: bearer(),
    envKeys: ['OPENROUTER_API_KEY'],
    clientWire: 'openai',
    clientBaseURL: 'https://openrouter.ai/api/v1',
    billing: 'byok',
  },
  {
    id: 'fireworks',
    aliases: ['fireworks-ai'],
    origin: 'https://api.fireworks.ai',
    basePath: '/inference/v1',
    baseAliases: ['v1'],
    host: /^https:\/\/api\.fireworks\.ai\/inference\/v1\//,
    auth: bearer(),
    envKeys: ['FIREWORKS_API_KEY'],
    clientWire: 'openai',
    clientBaseURL: 'https://api.fireworks.ai/inference/v1',
    billing: 'byok',
  },
  {
    id: 'cohere',
    origin: 'https://api.cohere.com',
    basePath: '/v2',
    otherBases: ['v1', 'compatibility/v1'],
    host: /^https:\/\/api\.cohere\.(?:com|ai)\//,
    auth: bearer(),
    envKeys: ['COHERE_API_KEY', 'CO_API_KEY'],
    billing: 'byok',
  },
  {
    id: 'baseten',
    origin: 'https://inference.baseten.co',
    basePath: '/v1',
    host: /^https:\/\/(?:inference|model-(\w+)\.api)\.baseten\.co\//,
    auth: bearer(),
    envKeys: ['BASETEN_API_KEY'],
    billing: 'byok',
    toUrl: (path) => {
      const [, model, rest] = /^model\/(\w+)\/?(.*)$/.exec(path) ?? []
      return model === undefined ? undefined : `https://model-${model}.api.baseten.co/${rest || 'production/predict'}`
    },
    toPath: ([, model]) => (model === undefined ? '' : `model/${model}/`),
  },
  {
    id: 'parallel',
    origin: 'https://api.parallel.ai',
    basePath: '',
    host: /^https:\/\/api\.parallel\.ai\//,
    auth: bearer(),
    otherAuthHeaders: ['x-api-key'],
    envKeys: ['PARALLEL_API_KEY'],
    billing: 'byok',
  },
  {
    id: 'azure-openai',
    aliases: ['azure'],
    origin: 'https://{resource}.openai.azure.com',
    basePath: '',
    host: /^https:\/\/([\w-]+(?=\.openai)|[\w-]+\.services\.ai)(?:\.openai)?\.azure\.com\/openai\/(?:deployments\/([^/]+)\/|(v1)\/)/,
    auth: { ...apiKeyHeader('api-key'), kind: 'azure' },
    otherAuthHeaders: ['authorization'],
    envKeys: ['AZURE_OPENAI_API_KEY', 'AZURE_API_KEY', 'AZURE_OPENAI_AD_TOKEN'],
    billing: 'byok',
    toUrl: (path) => {
      const [, resource, v1, deployment, rest] = azureResource.exec(path) ?? []
      if (resource === undefined) return undefined
      const host = resource.endsWith('.services.ai') ? resource : `${resource}.openai`
      return `https://${host}.azure.com/openai/${v1 ?? `deployments/${deployment}`}/${rest}`
    },
    toPath: ([, resource, deployment, v1]) => `${resource}/${deployment ?? v1}/`,
  },
  {
    id: 'aws-bedrock',
    aliases: ['bedrock', 'amazon-bedrock'],
    origin: 'https://bedrock-runtime.{region=us-east-1}.amazonaws.com',
    basePath: '',
    host: /^https:\/\/(bedrock-runtime)\.([\w-]+)\.amazonaws\.com\//,
    auth: { ...bearer(), kind: 'aws' },
    envKeys: ['AWS_BEARER_TOKEN_BEDROCK'],
    envSets: [
      ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
      ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
    ],
    billing: 'byok',
    toUrl: (path) => {
      const [, service, region, rest] = bedrockService.exec(path) ?? []
      if (service === undefined) return undefined
      const host = service === 'bedrock-mantle' ? `${service}.${region}.api.aws` : `${service}.${region}.amazonaws.com`
      return `https://${host}/${rest}`
    },
    toPath: ([, service, region]) => `${service}/${region}/`,
  },
  {
    id: 'huggingface',
    aliases: ['hf'],
    origin: 'https://router.huggingface.co',
    basePath: '/v1',
    otherBases: [
      'hf-inference',
      'together',
      'nebius',
      'novita',
      'fal-ai',
      'replicate',
      'sambanova',
      'cerebras',
      'groq',
    ],
    host: /^https:\/\/(?:router\.huggingface\.co|api-inference\.huggingface\.co\/models)\//,
    auth: bearer(),
    envKeys: ['HF_TOKEN', 'HUGGINGFACE_API_KEY'],
    billing: 'byok',
  },
  {
    id: 'replicate',
    origin: 'https://api.replicate.com',
    basePath: '/v1',
    host: /^https:\/\/api\.replicate\.com\//,
    auth: bearer(),
    envKeys: ['REPLICATE_API_TOKEN', 'REPLICATE_API_KEY'],
    billing: 'byok',
  },
  {
    id: 'fal',
    aliases: ['fal-ai'],
    origin: 'https://fal.run',
    basePath: '',
    host: /^https:\/\/(queue\.)?fal\.run\//,
    auth: authScheme('Key'),
    envKeys: ['FAL_KEY', 'FAL_API_KEY'],
    billing: 'byok',
    toUrl: (path) => (path.startsWith('queue.fal.run/') ? `https://${path}` : undefined),
    toPath: ([, queue]) => (queue === undefined ? '' : 'queue.fal.run/'),
  },
  {
    id: 'ideogram',
    origin: 'https://api.ideogram.ai',
    basePath: '',
    host: /^https:\/\/api\.ideogram\.ai\//,
    auth: apiKeyHeader('api-key'),
    otherAuthHeaders: ['authorization'],
    envKeys: ['IDEOGRAM_API_KEY'],
    billing: 'byok',
  },
  {
    id: 'cartesia',
    origin: 'https://api.cartesia.ai',
    basePath: '',
    host: /^https:\/\/api\.cartesia\.ai\//,
    auth: apiKeyHeader('x-api-key'),
    otherAuthHeaders: ['authorization'],
    envKeys: ['CARTESIA_API_KEY'],
    billing: 'byok',
  },
  {
    id: 'deepgram',
    origin: 'https://api.deepgram.com',
    basePath: '/v1',
    otherBases: ['v2'],
    host: /^https:\/\/api\.deepgram\.com\//,
    auth: authScheme('Token'),
    otherAuthHeaders: ['token'],
    envKeys: ['DEEPGRAM_API_KEY'],
    billing: 'byok',
  },
  {
    id: 'elevenlabs',
    aliases: ['eleven-labs'],
    origin: 'https://api.elevenlabs.io',
    basePath: '/v1',
    otherBases: ['v2', 'v3'],
    host: /^https:\/\/api\.elevenlabs\.io\//,
    auth: apiKeyHeader('xi-api-key'),
    otherAuthHeaders: ['authorization'],
    envKeys: ['ELEVENLABS_API_KEY'],
    billing: 'byok',
  },
  {
    id: 'workers-ai',
    aliases: ['workersai', 'cloudflare'],
    origin: 'https://api.cloudflare.com',
    basePath: '/client/v4/accounts/{account}/ai',
    host: /^https:\/\/api\.cloudflare\.com\/client\/v4\/accounts\/[^/]+\/ai\//,
    auth: bearer(),
    envKeys: ['CLOUDFLARE_API_TOKEN', 'CLOUDFLARE_API_KEY', 'WORKERS_AI_API_TOKEN'],
    billing: 'unified',
    openaiPath: 'v1',
    toUrl: (path) => (path.startsWith('@') ? `${workersAI}/run/${path}` : undefined),
  },
  {
    id: 'together',
    aliases: ['together-ai', 'togetherai'],
    origin: 'https://api.together.xyz',
    basePath: '/v1',
    host: /^https:\/\/api\.together\.(?:xyz|ai)\//,
    auth: bearer(),
    envKeys: ['TOGETHER_API_KEY', 'TOGETHER_AI_API_KEY'],
    clientWire: 'openai',
    clientBaseURL: 'https://api.together.xyz/v1',
    billing: 'byok',
  },
]

/** The registry row of an id or alias. */
export function findEntry(idOrAlias: string): ProviderEntry | undefined {
  return registry.find(({ id, aliases }) => id === idOrAlias || aliases?.includes(idOrAlias))
}

/** A vendor URL in the gateway's words: the row and the path below `/{gateway}/{provider}/`. */
export function matchUrl(url: string): { entry: ProviderEntry; path: string } | undefined {
  for (const entry of registry) {
    const match = entry.host?.exec(url)
    if (match) return { entry, path: (entry.toPath?.(match) ?? '') + url.slice(match[0].length) }
  }
  return undefined
}

/**
 * The upstream URL of a native path. Published clients differ in what they keep in their base URL, so a path may come
 * with the version segment, without it, or with it twice; each form reaches the same place.
 * `undefined` where the provider needs more in the path (a region, a resource) than is there.
 */
export function toNativeUrl(entry: ProviderEntry, path: string): string | undefined {
  const rest = path.replace(/^\/+/, '')
  const special = entry.toUrl?.(rest)
  if (special !== undefined) return special
  if (/\{\w+\}/.test(entry.origin)) return undefined

  const base = entry.basePath.slice(1)
  if (base === '') return `${entry.origin}/${rest}`
  if (entry.otherBases?.some((other) => startsWithSegments(rest, other))) return `${entry.origin}/${rest}`
  const bare = stripLeading(rest, [base, ...(entry.baseAliases ?? [])])
  return `${entry.origin}/${base}/${bare}`
}

function stripLeading(path: string, bases: readonly string[]): string {
  const base = bases.find((candidate) => startsWithSegments(path, candidate))
  return base === undefined ? path : stripLeading(path.slice(base.length + 1), bases)
}

function startsWithSegments(path: string, base: string): boolean {
  return path === base || path.startsWith(`${base}/`)
}
