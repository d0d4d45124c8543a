import type { LanguageModelV4 } from '@ai-sdk/provider'
import { GatewayDelegateError } from '@gw/adapters/resumable-stream'
import type { AiBinding, GatewayOptions } from '../ai-binding.ts'
import { createWorkersAIModels, type WorkersAIChatSettings } from '../workers-ai/index.ts'
import { reportDispatch, type DelegateCall } from './delegate-call.ts'
import type { DelegateCallOptions } from './delegate-options.ts'
import { mergeGatewayOptions, toGateway, toRunHeaders } from './gateway-controls.ts'
import type { ProviderPlugin } from './provider-plugin.ts'
import { createRunFetch } from './run-fetch.ts'
import { withGatewayFacts } from './with-gateway-facts.ts'

/** What a plain run is made with. */
export interface RunPathConfig {
  binding: AiBinding
  gateway?: GatewayOptions | undefined
  providers?: ProviderPlugin[] | undefined
}

/**
 * A model of plain runs: a dynamic route, or a slug without plugins. Answers are read as chat completions, by the
 * `openai` plugin where there is one. Throws a `GatewayDelegateError` of kind `config` for options that need more.
 */
export function createRunPathModel(
  config: RunPathConfig,
  modelId: string,
  settings: WorkersAIChatSettings & DelegateCallOptions,
): LanguageModelV4 {
  const { binding, providers = [] } = config
  const plugin = providers.find(({ wireFormat }) => wireFormat === 'openai')
  const canResume = plugin !== undefined && binding.capabilities?.includes('resume') === true
  refuseDelegateOptions(modelId, settings, canResume)

  const gateway = toGateway(settings.gateway ?? config.gateway ?? 'default')
  const resumeEnabled = canResume && settings.resume !== false
  const selection: DelegateCall['selection'] = { transport: 'run', resumeEnabled, warnings: [] }
  const call: DelegateCall = { binding, gateway, options: settings, selection }
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
  return createChatModel(call, modelId, settings)
}

/** The built-in reader of chat completions; it gets no option of the delegate, as it hands what it doesn't know to `run`. */
function createChatModel(
  call: DelegateCall,
  modelId: string,
  settings: WorkersAIChatSettings & DelegateCallOptions,
): LanguageModelV4 {
  const {
    metadata: _,
    collectLog: _1,
    cacheTtl: _2,
    skipCache: _3,
    resume: _4,
    transport: _5,
    zdr: _6,
    ...rest
  } = settings
  const { byokAlias: _7, byok: _8, onDispatch: _9, maxReconnects: _10, onResumeExpired: _11, ...chat } = rest
  const extraHeaders = { ...settings.extraHeaders, ...toRunHeaders(settings) }
  const binding: AiBinding = {
    run: async (...args) => {
      const answer = await call.binding.run(...args)
      if (answer instanceof Response) reportDispatch(call, answer)
      return answer
    },
  }
  return createWorkersAIModels({ binding }).chat(modelId, {
    ...chat,
    gateway: mergeGatewayOptions(call.gateway, settings),
    ...(Object.keys(extraHeaders).length > 0 && { extraHeaders }),
  })
}

function refuseDelegateOptions(modelId: string, settings: DelegateCallOptions, canResume: boolean): void {
  const { fallback, transport, resume, onProgress, onResumeExpired, byok } = settings
  const needsResume = resume === true || onProgress !== undefined || onResumeExpired !== undefined
  if (!fallback && transport !== 'gateway' && !byok && (!needsResume || canResume)) return
  const what = modelId.startsWith('dynamic/')
    ? `"${modelId}" is an AI Gateway dynamic route`
    : `"${modelId}" is run without a plugin`
  throw new GatewayDelegateError(
    'config',
    `${what}, so it takes no fallback, gateway transport, byok or resume options. Dynamic routes have their own ` +
      "fallbacks; for models, add plugins: createWorkersAI({ …, providers: [openai] }) from '@gw/workers-ai-delegate/openai'.",
  )
}
