import type { LanguageModelV4 } from '@ai-sdk/provider'
import { GatewayDelegateError, type ResumeExpiredPolicy } from '@gw/adapters/resumable-stream'
import { toAiBinding, type AiBinding, type GatewayOptions, type RuntimeAi } from '../ai-binding.ts'
import { assignSecrets } from './assign-secrets.ts'
import { createClientFallbackModel, type FallbackLeg } from './client-fallback.ts'
import type { DelegateCall } from './delegate-call.ts'
import type { DelegateCallOptions, Transport } from './delegate-options.ts'
import { toEntryControls, toGateway } from './gateway-controls.ts'
import type { WireFormat } from './gateway-providers.ts'
import { resolveAnySlug, resolveSlug, type ResolvedSlug } from './parse-slug.ts'
import { createFetch } from './provider-request.ts'
import type { ProviderPlugin } from './provider-plugin.ts'
import { createRunFetch } from './run-fetch.ts'
import { select, type Selection } from './select-transport.ts'
import { createServerFallbackModel, type ServerLeg } from './server-fallback.ts'
import { sendEntries, toEntry, type Leg } from './universal-entry.ts'
import { withGatewayFacts } from './with-gateway-facts.ts'

/** What a delegate works with. */
export interface GatewayDelegateConfig {
  binding: AiBinding | RuntimeAi
  /** Gateway of all models; a call may name another. */
  gateway?: GatewayOptions | string | undefined
  /** Plugins, such as `[openai, anthropic]`. */
  providers: ProviderPlugin[]
  /** Resume streams that break off. Default: `true`. */
  resume?: boolean | undefined
  /** Default: `'error'`. */
  onResumeExpired?: ResumeExpiredPolicy | undefined
  /** Makes the models of Workers AI's own ids, `@cf/…`, in client fallback chains. */
  workersAI?: ((modelId: string, options: DelegateCallOptions) => LanguageModelV4) | undefined
}

/** Makes a model of a slug, `provider/model`. Throws a `GatewayDelegateError` of kind `config` at once. */
export interface GatewayDelegate {
  (slug: string, options?: DelegateCallOptions): LanguageModelV4
}

/**
 * Takes models of many vendors through a gateway, each on the transport that its options need.
 *
 * Throws a `GatewayDelegateError` of kind `config` without a binding or a plugin.
 *
 * @example
 * const delegate = createGatewayDelegate({ binding: env.AI, gateway: 'my-gateway', providers: [openai] })
 * const { text } = await generateText({ model: delegate('openai/gpt-5'), prompt: 'Hello' })
 */
export function createGatewayDelegate(config: GatewayDelegateConfig): GatewayDelegate {
  const { binding, providers } = config
  if (!binding)
    throw new GatewayDelegateError('config', 'createGatewayDelegate requires a `binding`: { binding: env.AI }.')
  if (!providers?.length) {
    throw new GatewayDelegateError(
      'config',
      "createGatewayDelegate requires at least one provider plugin: import { openai } from '@gw/workers-ai-delegate/openai'.",
    )
  }
  const plugins: Plugins = new Map(providers.map((plugin) => [plugin.wireFormat, plugin]))

  return (slug, options = {}) => {
    const { fallback, ...rest } = options
    if (fallback?.mode === 'client') return createChain(config, plugins, [slug, options])
    if (fallback?.mode === 'server') return createServerModel(config, plugins, [slug, options])
    const target = resolverOf(config)(slug)
    const [headers = {}] = assignSecrets([target], rest)
    return createSingle(config, plugins, { target, headers, options: rest }).model
  }
}

function resolverOf({ binding }: GatewayDelegateConfig): (slug: string) => ResolvedSlug {
  return toAiBinding(binding).capabilities?.includes('resume') ? resolveAnySlug : resolveSlug
}

type Plugins = ReadonlyMap<WireFormat, ProviderPlugin>

function createChain(
  config: GatewayDelegateConfig,
  plugins: Plugins,
  call: [string, DelegateCallOptions],
): LanguageModelV4 {
  const [slug, options] = call
  const { fallback, ...rest } = options
  const slugs = [slug, ...(fallback?.models ?? [])]
  const targets = slugs.filter((name) => ownModelIn(config, name) === undefined).map(resolverOf(config))
  const headers = new Map(assignSecrets(targets, options).map((own, index) => [targets[index]?.slug, own]))
  return createClientFallbackModel(
    slugs.map((name): FallbackLeg => {
      const own = ownModelIn(config, name)
      if (own) return { slug: name, model: own(rest), transport: 'run' }
      const target = resolverOf(config)(name)
      const leg = { target, headers: headers.get(target.slug) ?? {}, options: rest }
      return { slug: name, ...createSingle(config, plugins, leg) }
    }),
  )
}

/** What makes the model of an id of Workers AI's own, where something does. */
function ownModelIn({ workersAI }: GatewayDelegateConfig, slug: string) {
  const modelId = slug.replace(/^workers-ai\/(?=@)/, '')
  return workersAI && modelId.startsWith('@')
    ? (options: DelegateCallOptions) => workersAI(modelId, options)
    : undefined
}

function createServerModel(
  config: GatewayDelegateConfig,
  plugins: Plugins,
  [slug, options]: [string, DelegateCallOptions],
): LanguageModelV4 {
  const targets = [slug, ...(options.fallback?.models ?? [])].map(resolverOf(config))
  const call = createCall(config, options, targets)
  const headers = assignSecrets(targets, options)
  const legs = targets.map((target, index): ServerLeg => {
    const plugin = findPlugin(plugins, target, 'gateway')
    return { target, headers: headers[index] ?? {}, plugin }
  })
  return withGatewayFacts(createServerFallbackModel(call, legs), call.selection.warnings)
}

function createSingle(
  config: GatewayDelegateConfig,
  plugins: Plugins,
  { target, headers, options }: Leg & { options: DelegateCallOptions },
): { model: LanguageModelV4; transport: Transport } {
  const call = createCall(config, options, [target])
  const { transport, warnings } = call.selection
  const plugin = findPlugin(plugins, target, transport)
  const { modelId, info } = target
  const runs = transport === 'run'
  const fetch = runs
    ? createRunFetch(call, `${info.resolverKey}/${modelId}`, headers)
    : createFetch((request) => sendEntries(call, [toEntry(call, { target, headers }, request)], request.signal))
  const baseURL = runs ? undefined : info.baseURL
  const model = plugin.create({ modelId, fetch, ...(baseURL !== undefined && { baseURL }) })
  return { model: withGatewayFacts(model, warnings), transport }
}

/** How the models of one call are reached: as the first of them asks for, if the others can be reached so too. */
function createCall(
  config: GatewayDelegateConfig,
  given: DelegateCallOptions,
  [first, ...others]: readonly ResolvedSlug[],
): DelegateCall {
  const { onResumeExpired = 'error' } = config
  const binding = toAiBinding(config.binding)
  const resumesAll = binding.capabilities?.includes('resume') === true
  const options = { onResumeExpired, ...given, resume: given.resume ?? config.resume ?? true }
  const selection = select(options, {
    resumeRequired: given.resume === true,
    runCatalog: first?.info.runCatalog === true,
    gatewayPath: first?.info.gatewayPath !== false,
    resumesAll,
  })
  const lost = others.find(({ info }) => info.gatewayPath === false)
  if (lost) {
    throw new GatewayDelegateError(
      'config',
      `Server fallback cannot use "${lost.slug}": it has no native gateway path.`,
    )
  }
  const gateway = toGateway(given.gateway ?? config.gateway)
  // A value past its limit is an error of the model, not of its first call.
  toEntryControls(gateway, options)
  return { binding, gateway, options, selection: withoutResume(selection, binding, given.resume ?? config.resume) }
}

/** Without a way to ask for a run again, streams are what they are; who doesn't want to resume needs no warning. */
function withoutResume(selection: Selection, { fetch }: AiBinding, resume: boolean | undefined): Selection {
  if (resume === false) return { ...selection, warnings: [] }
  if (fetch !== undefined || !selection.resumeEnabled || resume !== true) return selection
  const warning = 'resume:true has no effect: this binding has no fetch() to ask for a run again.'
  return { ...selection, resumeEnabled: false, warnings: [...selection.warnings, warning] }
}

function findPlugin(plugins: Plugins, { slug, info }: ResolvedSlug, transport: Transport): ProviderPlugin {
  const wire = transport === 'run' ? (info.runWireFormat ?? 'openai') : info.wireFormat
  const plugin = plugins.get(wire)
  if (plugin) return plugin
  const problem =
    transport === 'run'
      ? `The run path answers "${slug}" in the "${wire}" format, so it needs the "${wire}" plugin.`
      : `No provider plugin for wire format "${wire}", in which the gateway path answers "${slug}".`
  const registered = [...plugins.keys()].join(', ')
  throw new GatewayDelegateError(
    'config',
    `${problem} Add it to \`providers\`: import { ${wire} } from '@gw/workers-ai-delegate/${wire}'. Registered: ${registered}.`,
  )
}
