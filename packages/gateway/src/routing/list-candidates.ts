import { chatApisOf, findChatApi, type Provider } from '@gw/adapters'
import {
  cost,
  findModel,
  inDefaultPool,
  listModels,
  qualityOf,
  workersAIFacts,
  type Capability,
  type Model,
  type Usage,
} from '@gw/catalog'
import type { GatewayOptions } from '@gw/headers'
import type { KeySource } from '@gw/keys'
import { idOf, matchesPattern, type Candidate, type Obstacle } from '@gw/router'
import type { Deps } from '../deps.ts'
import { isInScope } from '../steps/check-scopes.ts'
import { resolveKeys } from '../steps/resolve-keys.ts'
import type { Payer } from '../steps/purse.ts'
import { providerTermsOf } from './provider-terms.ts'
import { readRoom, type Room } from './read-room.ts'
import type { Measured, RoutedTask } from './routable.ts'
import type { RoutingPolicy } from './routing-policy.ts'
import { vendorOf } from './vendor-of.ts'

export interface CandidateQuery {
  task: RoutedTask
  measured: Measured
  policy: RoutingPolicy
  payer: Payer
  options: Pick<GatewayOptions, 'byokAlias'>
  /** Also those of providers without a key, to say so. */
  withoutKey: boolean
}

/** Everything that could answer, with all that is known of it. */
export async function listCandidates(query: CandidateQuery, deps: Deps): Promise<Candidate[]> {
  const able = deps.providers.list.filter((provider) => canDo[query.task](provider))
  const sources = await Promise.all(able.map((provider) => findSource(provider, query, deps)))
  const hasNeurons = able.some(({ id }, index) => id === 'workers-ai' && isOurs(sources[index]))
  const room = await readRoom(query.payer, { hasNeurons }, deps)
  const context = { query, room, deps }
  return able.flatMap((provider, index) => {
    const source = sources[index]
    if (source === undefined && !query.withoutKey) return []
    return modelsOf(provider, query, deps).map((model) => toCandidate({ provider, model, source }, context))
  })
}

const canDo: Readonly<Record<RoutedTask, (provider: Provider) => boolean>> = {
  chat: (provider) => chatApisOf(provider).length > 0,
  embeddings: ({ embeddings }) => embeddings !== undefined,
  rerank: ({ rerank }) => rerank !== undefined,
  moderations: ({ moderation }) => moderation !== undefined,
}

/** Where a key would come from; `undefined` where there is none. */
async function findSource(provider: Provider, { payer, options }: CandidateQuery, deps: Deps) {
  try {
    const [key] = await resolveKeys({ provider, secret: undefined, options }, payer, deps.keyResolver)
    return key?.source
  } catch {
    return undefined
  }
}

const capabilities: Readonly<Record<RoutedTask, Capability>> = {
  chat: 'chat',
  embeddings: 'embedding',
  rerank: 'rerank',
  moderations: 'moderation',
}

/** The models that the gateway lists, else those of the catalog that are known to be there. */
function modelsOf(provider: Provider, { task, policy }: CandidateQuery, deps: Deps): readonly Model[] {
  const { id } = provider
  const at = deps.now()
  if (policy.models) {
    const own = policy.models.filter((name) => name.startsWith(`${id}/`)).map((name) => name.slice(id.length + 1))
    // The catalog's own name of a model may be none that the provider knows.
    return [...new Set(own)].map((model) => ({
      ...(findModel({ provider: id, model }, at) ?? unknownModel(id, model, capabilities[task])),
      model,
    }))
  }
  return listModels(at, id).filter((model) => model.capabilities.includes(capabilities[task]) && inDefaultPool(model))
}

/** The operator lists it, and will know that it can do what is asked. */
function unknownModel(provider: string, model: string, capability: Capability): Model {
  return { provider, model, capabilities: [capability, 'tools', 'json_schema'] }
}

interface Known {
  provider: Provider
  model: Model
  source: KeySource | undefined
}

interface Context {
  query: CandidateQuery
  room: Room
  deps: Deps
}

function toCandidate({ provider, model, source }: Known, context: Context): Candidate {
  const { query, deps } = context
  const named = { provider: provider.id, model: model.model }
  const usdPerMillion = priceOf({ provider, model, source }, context)
  const terms = providerTermsOf(provider, query.policy)
  const obstacles = obstaclesOf({ provider, model, source }, usdPerMillion, context)
  const vendor = vendorOf(model.model)
  const quality = qualityOf(model.model, query.measured.qualityTask)?.quality ?? model.quality
  return {
    ...named,
    capabilities: model.capabilities,
    health: deps.health.judge(query.payer.caller.orgId, idOf(named)),
    ...(vendor !== undefined && { vendor }),
    ...(model.contextWindow !== undefined && { contextWindow: model.contextWindow }),
    ...(model.maxOutput !== undefined && { maxOutput: model.maxOutput }),
    ...(quality !== undefined && { quality }),
    ...(model.speed !== undefined && { speed: model.speed }),
    ...(usdPerMillion !== undefined && { usdPerMillion }),
    ...(obstacles.length > 0 && { obstacles }),
    ...(terms.region !== undefined && { region: terms.region }),
    ...(terms.zero_retention !== undefined && { zeroRetention: terms.zero_retention }),
  }
}

function obstaclesOf({ provider, model, source }: Known, price: number | undefined, context: Context): Obstacle[] {
  const { query, room } = context
  const { caller } = query.payer
  const { measured, policy, task } = query
  const id = `${provider.id}/${model.model}`
  const facts = provider.id === 'workers-ai' ? workersAIFacts(model.model) : undefined
  const tokens = measured.inputTokens + measured.outputTokens
  const found: [Obstacle, boolean][] = [
    ['no_key', source === undefined],
    ['scope', !isInScope(caller, { provider, model: model.model })],
    ['disabled', !policy.lists.every((list) => list.some((pattern) => matchesPattern(pattern, id)))],
    ['unsupported', task === 'chat' && findChatApi(provider, model.model) === undefined],
    ['withdrawn', facts?.plan === 'withdrawn' && !policy.models],
    ['paid_plan', facts?.plan === 'paid' && isOurs(source) && !policy.models],
    ['neurons', isOurs(source) && provider.id === 'workers-ai' && room.mayPassNeurons === false && price !== 0],
    ['budget', room.nanoUsd !== undefined && (price ?? 0) * tokens * 1000 > room.nanoUsd],
  ]
  return found.flatMap(([obstacle, holds]) => (holds ? [obstacle] : []))
}

/** A key of the operator's; its Workers AI is free up to the day's neurons. */
const isOurs = (source: KeySource | undefined): boolean =>
  source === 'environment' || source === 'system' || source === 'system_tier'

/**
 * USD per million tokens: of chats three of input to one of output, of embeddings input alone; of rankings USD per
 * thousand search units.
 */
function priceOf({ provider, model, source }: Known, { query, room, deps }: Context): number | undefined {
  const { measured, payer, task } = query
  const ref = { provider: provider.pricedAs ?? provider.id, model: model.model }
  const { prices } = payer.account
  if (task === 'moderations' && provider.moderation?.isFree) return 0
  if (provider.id === 'workers-ai' && isOurs(source) && room.fits(ref.model, measured)) return 0
  const { inputPerMillionUsd: input, outputPerMillionUsd: output } = model
  const isListed = prices.length === 0 && task === 'chat' && input !== undefined && output !== undefined
  if (isListed) return (3 * input + output) / 4
  const { usage, per } = samples[task]
  const found = cost(usage, ref, { at: deps.now(), overrides: prices })
  return found && found.nanoUsd / per
}

/** What is priced to compare models, and what its price in nano-USD is divided by. */
const samples = {
  chat: { usage: { input: 3000, output: 1000 }, per: 4000 * 1000 },
  embeddings: { usage: { input: 1000 }, per: 1000 * 1000 },
  rerank: { usage: { search_units: 1 }, per: 1_000_000 },
  moderations: { usage: { input: 1000 }, per: 1000 * 1000 },
} as const satisfies Record<RoutedTask, { usage: Usage; per: number }>
