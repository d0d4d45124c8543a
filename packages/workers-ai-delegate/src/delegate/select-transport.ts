import { GatewayDelegateError } from '@gw/adapters/resumable-stream'
import type { DelegateCallOptions, Transport } from './delegate-options.ts'

/** How a call is made. */
export interface Selection {
  transport: Transport
  resumeEnabled: boolean
  warnings: string[]
}

/** What the choice depends on, besides the options. */
export interface SelectionFacts {
  /** The caller, and not a default, asked for `resume: true`. */
  resumeRequired: boolean
  /** The provider is in the run catalogue. */
  runCatalog: boolean
  /** The provider has a gateway path. */
  gatewayPath: boolean
  /** The gateway resumes every stream, caches on both paths and has both to every provider. */
  resumesAll: boolean
}

/**
 * Chooses run path or gateway path, and whether a broken stream is resumed. Throws a `GatewayDelegateError` of kind
 * `config` where the options contradict each other or the provider.
 */
// oxlint-disable-next-line max-params -- the signature is public API
export function selectTransport(
  options: DelegateCallOptions,
  resumeExplicitlyTrue: boolean,
  runCatalog = true,
  gatewayAvailable = true,
): Selection {
  const facts = { resumeRequired: resumeExplicitlyTrue, runCatalog, gatewayPath: gatewayAvailable, resumesAll: false }
  return select(options, facts)
}

/** As `selectTransport`, for what is behind the binding. */
export function select(options: DelegateCallOptions, facts: SelectionFacts): Selection {
  const problem = facts.resumesAll ? findOwnProblem(options) : findProblem(options, facts)
  if (problem !== undefined) throw new GatewayDelegateError('config', problem)

  const feature = gatewayFeature(options)
  const wantsResume = options.resume !== false
  if (facts.resumesAll) {
    const onGateway = feature !== undefined || options.byok || !facts.runCatalog
    return { transport: options.transport ?? (onGateway ? 'gateway' : 'run'), resumeEnabled: wantsResume, warnings: [] }
  }
  if (!facts.runCatalog || options.byok) return { transport: 'gateway', resumeEnabled: false, warnings: [] }
  if (feature !== undefined) {
    const warning =
      `resume disabled: ${feature} needs the gateway path, whose streams Cloudflare cannot resume. ` +
      'fallback.mode:"client" keeps them resumable.'
    return { transport: 'gateway', resumeEnabled: false, warnings: [warning] }
  }
  const transport = options.transport ?? 'run'
  return { transport, resumeEnabled: transport === 'run' && wantsResume, warnings: [] }
}

/** What of the options Cloudflare offers on the gateway path only. */
function gatewayFeature({ fallback, cacheTtl, skipCache }: DelegateCallOptions): string | undefined {
  if (fallback?.mode === 'server') return 'fallback.mode:"server"'
  return cacheTtl !== undefined || skipCache === true ? 'caching (cacheTtl/skipCache)' : undefined
}

function findOwnProblem({ transport, byok, fallback }: DelegateCallOptions): string | undefined {
  if (transport !== 'run') return undefined
  if (byok) return 'transport:"run" cannot forward a BYOK key: keys travel in entries of the gateway path.'
  if (fallback?.mode === 'server')
    return 'transport:"run" cannot satisfy fallback.mode:"server": a run names one model.'
  return undefined
}

function findProblem(options: DelegateCallOptions, facts: SelectionFacts): string | undefined {
  if (!facts.runCatalog) return findCatalogProblem(options, facts)
  const { transport, byok } = options
  const { resumeRequired } = facts
  const feature = gatewayFeature(options)
  if (!facts.gatewayPath && (transport === 'gateway' || byok || feature !== undefined)) return noGatewayPath(options)
  if (byok) {
    if (transport === 'run') {
      return 'transport:"run" cannot forward a BYOK key: only the gateway path can. Leave out transport:"run".'
    }
    return resumeRequired ? 'byok cannot provide resume: only runs paid by the gateway can be resumed.' : undefined
  }
  if (transport === 'run' && feature !== undefined) {
    return `transport:"run" cannot satisfy ${feature}: only the gateway path can. Leave out transport:"run", or use fallback.mode:"client".`
  }
  if (!resumeRequired) return undefined
  if (transport === 'gateway') return 'transport:"gateway" cannot provide resume: only runs can be resumed.'
  if (feature === undefined) return undefined
  return `resume:true conflicts with ${feature}: only runs can be resumed. Use fallback.mode:"client", or leave out resume.`
}

function noGatewayPath(options: DelegateCallOptions): string {
  const { transport, byok } = options
  const wanted = transport === 'gateway' ? 'transport:"gateway"' : byok ? 'byok' : gatewayFeature(options)
  return `${wanted} is unavailable: this provider has no gateway path, only runs. Leave it out, or use fallback.mode:"client".`
}

function findCatalogProblem(
  { transport }: DelegateCallOptions,
  { resumeRequired }: SelectionFacts,
): string | undefined {
  if (transport === 'run') {
    return 'transport:"run" is unavailable: this provider is not in the run catalogue. Only the gateway path reaches it.'
  }
  if (!resumeRequired) return undefined
  return 'resume:true is unavailable: this provider is not in the run catalogue, and only runs can be resumed.'
}
