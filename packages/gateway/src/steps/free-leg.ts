import { findChatApi } from '@gw/adapters'
import { chooseWorkersAIModel, type Capability } from '@gw/catalog'
import type { KeyCandidate } from '@gw/keys'
import { singleAttempt } from '@gw/router'
import type { Deps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { mostOfLeg } from '../money/most-of-leg.ts'
import type { ChatLeg, Leg } from '../plan.ts'
import { isInScope } from './check-scopes.ts'
import { judgeFree } from './judge-free.ts'
import { needsOf } from './needs-of.ts'
import type { Purse } from './purse.ts'

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
  const judged = await judgeFree({ provider: leg.provider, isWanted: leg.options.freeFallback }, purse, deps)
  if (!judged.isPossible) return undefined
  const { provider, key, neuronsLeft } = judged
  const model = chooseModel(leg, neuronsLeft, deps.now())
  const api = model === undefined ? undefined : findChatApi(provider, model, leg.chat.format.id)
  if (model === undefined || !api) return undefined

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
  return isInScope(purse.caller, free) ? { leg: free, key } : undefined
}

function chooseModel(leg: ChatLeg, neuronsLeft: number, at: number): string | undefined {
  const needs = readNeeds(leg)
  if (!needs) return undefined
  const { inputTokens, outputTokens, answers } = mostOfLeg({ ...leg, provider: { ...leg.provider, id: 'workers-ai' } })
  if (inputTokens === undefined) return undefined
  const most = { inputTokens, outputTokens: (outputTokens ?? 0) * answers }
  return chooseWorkersAIModel({ ...most, needs, neuronsLeft, at })?.model
}

/** `undefined` for a request that cannot be read. */
function readNeeds({ chat }: ChatLeg): Capability[] | undefined {
  try {
    return needsOf(chat.request())
  } catch {
    return undefined
  }
}
