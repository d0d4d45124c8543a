import { findChatApi, type ChatRequest } from '@gw/adapters'
import { chooseWorkersAIModel, type Capability } from '@gw/catalog'
import type { KeyCandidate } from '@gw/keys'
import { singleAttempt } from '@gw/router'
import type { Deps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { ledgerName } from '../ledger/ledger-name.ts'
import { LedgerUnavailable } from '../ledger/ledger-unavailable.ts'
import { mostOfLeg } from '../money/most-of-leg.ts'
import type { ChatLeg, Leg } from '../plan.ts'
import { checkLegScopes } from './check-scopes.ts'
import { accountOf, neuronCounter } from './reserve-neurons.ts'
import type { Purse } from './reserve.ts'

/** What the last level of keys offers. */
export interface FreeLeg {
  leg: ChatLeg
  key: KeyCandidate
}

/** Failures that say that no key of ours is valid. */
const withoutKey: ReadonlySet<string> = new Set(['missing_upstream_secret', 'upstream_auth', 'upstream_quota_exceeded'])

/**
 * The last level: a Workers AI model that can do what was asked, on the account's free neurons. `undefined` where the
 * request failed for another reason, brought a key of its own, may not fall back, or where no model can do it.
 */
export async function freeLeg(
  { failure, leg }: { failure: Failure; leg: Leg },
  purse: Purse,
  deps: Deps,
): Promise<FreeLeg | undefined> {
  if (leg.kind !== 'chat' || leg.secret || leg.isFree || !withoutKey.has(failure.code)) return undefined
  if (!(leg.options.freeFallback ?? purse.gateway.settings.free_fallback ?? true)) return undefined
  const provider = deps.providers.find('workers-ai')
  if (!provider || leg.provider.id === provider.id) return undefined
  const key = await findKey(provider, purse, deps)
  const model = key && (await chooseModel(leg, deps))
  const api = model === undefined ? undefined : findChatApi(provider, model, leg.chat.format.id)
  if (!key || model === undefined || !api) return undefined

  const free: ChatLeg = {
    ...leg,
    provider,
    api,
    model,
    betas: { values: [], dropped: leg.betas.values.map((value) => `dropped:beta:${value}`) },
    price: leg.price && (() => 0),
    retry: singleAttempt,
    isFree: true,
  }
  return isInScope(free, purse) ? { leg: free, key } : undefined
}

/** The operator's own token for Workers AI. */
async function findKey(
  { id: providerId, envKeys, envSets = [] }: ChatLeg['provider'],
  { caller, account }: Purse,
  { keyResolver }: Deps,
): Promise<KeyCandidate | undefined> {
  const query = { providerId, caller, tierId: account.tier?.id ?? null, envKeys, envSets }
  const candidates = await keyResolver.resolve(query)
  return candidates.find(({ source }) => source === 'environment' || source === 'system' || source === 'system_tier')
}

async function chooseModel(leg: ChatLeg, deps: Deps): Promise<string | undefined> {
  const needs = needsOf(leg)
  const neuronsLeft = needs && (await readNeuronsLeft(deps))
  if (!needs || neuronsLeft === undefined) return undefined
  const { inputTokens, outputTokens, answers } = mostOfLeg({ ...leg, provider: { ...leg.provider, id: 'workers-ai' } })
  if (inputTokens === undefined) return undefined
  const most = { inputTokens, outputTokens: (outputTokens ?? 0) * answers }
  return chooseWorkersAIModel({ ...most, needs, neuronsLeft, at: deps.now() })?.model
}

/** Thousandths; `undefined` where nobody can be asked. */
async function readNeuronsLeft(deps: Deps): Promise<number | undefined> {
  try {
    const [state] = await deps.ledgers.open(ledgerName.neurons(accountOf(deps))).read([neuronCounter(deps, true)])
    return state?.remaining
  } catch (error) {
    if (error instanceof LedgerUnavailable) return undefined
    throw error
  }
}

/** What a model must be capable of; `undefined` for a request that cannot be read. */
function needsOf({ chat }: ChatLeg): Capability[] | undefined {
  let request: ChatRequest
  try {
    request = chat.request()
  } catch {
    return undefined
  }
  const parts = request.messages.flatMap(({ content }) => (Array.isArray(content) ? content : []))
  return [
    'chat',
    ...(request.tools && request.tools.length > 0 ? ['tools' as const] : []),
    ...(request.response_format?.type === 'json_schema' ? ['json_schema' as const] : []),
    ...(parts.some(({ type }) => type === 'image_url') ? ['vision' as const] : []),
    ...(parts.some(({ type }) => type === 'file') ? ['pdf' as const] : []),
    ...(parts.some(({ type }) => type === 'input_audio') ? ['audio_input' as const] : []),
  ]
}

function isInScope(leg: ChatLeg, { caller }: Purse): boolean {
  try {
    checkLegScopes(caller, leg)
    return true
  } catch {
    return false
  }
}
