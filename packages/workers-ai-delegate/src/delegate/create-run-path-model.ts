import type { LanguageModelV4 } from '@ai-sdk/provider'
import { GatewayDelegateError, type ResumeExpiredPolicy } from '@gw/adapters/resumable-stream'
import type { AiBinding, GatewayOptions } from '../ai-binding.ts'
import { mergeHeaders } from '../workers-ai/run/merge-headers.ts'
import { checkGateway } from '../workers-ai/run/split-gateway.ts'
import {
  createWorkersAIModels,
  type WorkersAIChatLanguageModel,
  type WorkersAIChatSettings,
} from '../workers-ai/index.ts'
import { createRunBinding } from './create-run-binding.ts'
import type { DelegateCall } from './delegate-call.ts'
import type { DelegateCallOptions } from './delegate-options.ts'
import { keepOwnSecrets, mergeGatewayOptions, toGateway, toRunHeaders } from './gateway-controls.ts'
import type { ProviderPlugin } from './provider-plugin.ts'
import { createRunFetch } from './run-fetch.ts'
import { withGatewayFacts } from './with-gateway-facts.ts'

/** What a plain run is made with. */
export interface RunPathConfig {
  binding: AiBinding
  gateway?: GatewayOptions | undefined
  providers?: ProviderPlugin[] | undefined
  /** Resume streams over a gateway that resumes all. Default: `true`. */
  resume?: boolean | undefined
  /** Default: `'error'`. */
  onResumeExpired?: ResumeExpiredPolicy | undefined
}

type RunPathSettings = WorkersAIChatSettings & DelegateCallOptions

/**
 * A model of plain runs: a dynamic route, or a slug without plugins. Answers are read as chat completions, by the
 * `openai` plugin where there is one. Throws a `GatewayDelegateError` of kind `config` for options that need more.
 */
export function createRunPathModel(config: RunPathConfig, modelId: string, settings: RunPathSettings): LanguageModelV4 {
  const { providers = [] } = config
  refuseDelegateOptions(config, modelId, settings)
  const call = toCall(config, settings)
  const plugin = providers.find(({ wireFormat }) => wireFormat === 'openai')
  if (plugin) {
    const fetch = createRunFetch(call, modelId, settings.extraHeaders ?? {})
    return withGatewayFacts(plugin.create({ modelId, fetch }))
  }
  if (providers.length > 0) {
    throw new GatewayDelegateError(
      'config',
      `"${modelId}" is a dynamic route, which answers in OpenAI's format: add the openai plugin to \`providers\`.`,
    )
  }
  return createChatModel(call, { modelId, settings, gateway: call.gateway })
}

/**
 * A model of Workers AI's own, which goes past gateways unless one is named or something is asked of it. Throws a
 * `GatewayDelegateError` of kind `config` for options that it has no use for.
 */
export function createOwnModel(
  config: RunPathConfig,
  modelId: string,
  settings: RunPathSettings,
): WorkersAIChatLanguageModel {
  refuseDelegateOptions(config, modelId, settings)
  const call = toCall(config, settings)
  const isNamed = (settings.gateway ?? config.gateway) !== undefined
  const isAsked = Object.keys(mergeGatewayOptions({ id: '' }, settings)).length > 1
  return createChatModel(call, { modelId, settings, gateway: isNamed || isAsked ? call.gateway : undefined })
}

/** The same in a chain of models, whose options are also the others': what only they can use, and their secrets, is left out. */
export function createOwnFallback(
  config: RunPathConfig,
  modelId: string,
  options: DelegateCallOptions,
): WorkersAIChatLanguageModel {
  const { byok: _, byokAlias: _1, transport: _2, resume: _3, onProgress: _4, onResumeExpired: _5, ...rest } = options
  const extraHeaders = keepOwnSecrets(options.extraHeaders ?? {}, [])
  return createOwnModel(config, modelId, { ...rest, extraHeaders })
}

function toCall({ binding, gateway, ...config }: RunPathConfig, settings: RunPathSettings): DelegateCall {
  const chosen = toGateway(settings.gateway ?? gateway ?? 'default')
  checkGateway(mergeGatewayOptions(chosen, settings))
  const resumeEnabled = resumesAll(binding) && (settings.resume ?? config.resume ?? true)
  const { onResumeExpired = config.onResumeExpired ?? 'error' } = settings
  const selection = { transport: 'run' as const, resumeEnabled, warnings: [] }
  return { binding, gateway: chosen, options: { ...settings, onResumeExpired }, selection }
}

function resumesAll({ capabilities }: AiBinding): boolean {
  return capabilities?.includes('resume') === true
}

/** Options of the delegate; a chat model hands what it doesn't know to `run`. */
const delegateOptions: ReadonlySet<string> = new Set([
  'gateway',
  'resume',
  'cacheTtl',
  'skipCache',
  'transport',
  'onResumeExpired',
  'maxReconnects',
  'byok',
  'byokAlias',
  'zdr',
  'metadata',
  'collectLog',
  'onDispatch',
  'onProgress',
])

interface ChatModelOptions {
  modelId: string
  settings: RunPathSettings
  gateway: GatewayOptions | undefined
}

/** The built-in reader of chat completions. */
function createChatModel(
  call: DelegateCall,
  { modelId, settings, gateway }: ChatModelOptions,
): WorkersAIChatLanguageModel {
  const extraHeaders = mergeHeaders(settings.extraHeaders, toRunHeaders(settings))
  const own = Object.entries(settings).filter(([name]) => !delegateOptions.has(name))
  return createWorkersAIModels({ binding: createRunBinding(call) }).chat(modelId, {
    ...Object.fromEntries(own),
    ...(gateway && { gateway: mergeGatewayOptions(gateway, settings) }),
    ...(Object.keys(extraHeaders).length > 0 && { extraHeaders }),
  })
}

function refuseDelegateOptions({ binding }: RunPathConfig, modelId: string, settings: DelegateCallOptions): void {
  const { fallback, transport, resume, onProgress, onResumeExpired, byok } = settings
  const needsResume = resume === true || onProgress !== undefined || onResumeExpired !== undefined
  if (!fallback && transport !== 'gateway' && !byok && (!needsResume || resumesAll(binding))) return
  const what = modelId.startsWith('dynamic/')
    ? `"${modelId}" is an AI Gateway dynamic route`
    : `"${modelId}" is run without a plugin`
  throw new GatewayDelegateError(
    'config',
    `${what}, so it takes no fallback, gateway transport, byok or resume options. Dynamic routes have their own ` +
      "fallbacks; for models, add plugins: createWorkersAI({ …, providers: [openai] }) from '@gw/workers-ai-delegate/openai'.",
  )
}
