import type { GatewayOptions } from '@gw/headers'
import { rank, type Candidate, type Decision, type Question } from '@gw/router'
import type { Deps } from '../deps.ts'
import type { Payer } from '../steps/purse.ts'
import { listCandidates } from './list-candidates.ts'
import type { Measured, Routable, RoutedTask } from './routable.ts'
import { routingPolicyOf, type RoutingPolicy } from './routing-policy.ts'

/** A choice to be made. */
export interface Choice {
  task: RoutedTask
  /** `auto`, `auto/{strategy}`. */
  name: string
  measured: Measured
  payer: Payer
  options: GatewayOptions
  body?: Routable['body']
  constraints?: unknown
  /** Also say what has no key. */
  withoutKey: boolean
}

export interface Decided {
  policy: RoutingPolicy
  candidates: readonly Candidate[]
  decision: Decision
  /** Where the choice is remembered for the next request of its kind, and of its conversation. */
  keys: { kind: string; conversation: string | undefined }
}

/**
 * Which targets may answer a request, in which order, and why. The same decision serves the request, and whoever only
 * wants to know. @throws GatewayError where strategy or constraints are wrong
 */
export async function decide(choice: Choice, deps: Deps): Promise<Decided> {
  const { name, payer, options, measured, task, body, constraints, withoutKey } = choice
  const policy = routingPolicyOf({ name, options, constraints }, payer.gateway)
  const candidates = await listCandidates({ task, measured, policy, payer, options, withoutKey }, deps)
  const { orgId } = payer.caller
  const conversation = conversationOf(options, body)
  const place = [orgId, payer.gateway.id, policy.strategy, task]
  const keys = {
    kind: JSON.stringify([...place, ...measured.needs]),
    conversation: conversation === undefined ? undefined : JSON.stringify([...place, conversation]),
  }
  const pinned = keys.conversation === undefined ? undefined : deps.routingMemory.recall(keys.conversation)
  const question = questionOf(policy, measured, {
    stickyKey: conversation,
    incumbent: conversation === undefined ? deps.routingMemory.recall(keys.kind) : undefined,
  })
  const decision = rank(question, candidates)
  return { policy, candidates, decision: pinned === undefined ? decision : first(decision, pinned), keys }
}

/** What `rank` is asked under a policy. */
export function questionOf(
  { strategy, constraints, overrides, weights }: RoutingPolicy,
  { needs, inputTokens, outputTokens }: Measured,
  { stickyKey, incumbent }: { stickyKey?: string | undefined; incumbent?: string | undefined } = {},
): Question {
  return {
    strategy,
    needs,
    inputTokens,
    outputTokens,
    constraints,
    ...(overrides && { overrides }),
    ...(weights && { weights }),
    ...(stickyKey !== undefined && { stickyKey }),
    ...(incumbent !== undefined && { incumbent }),
  }
}

/** Names are kept in memory; of a longer one its beginning counts. */
const mostNamed = 256

/** What a caller names as the conversation that a request belongs to. */
function conversationOf(
  { sessionId, turnId, noSessionAffinity }: GatewayOptions,
  body: Routable['body'] = {},
): string | undefined {
  if (noSessionAffinity) return undefined
  const key = sessionId ?? turnId ?? body['prompt_cache_key']
  return typeof key === 'string' && key !== '' ? key.slice(0, mostNamed) : undefined
}

/** A conversation stays with its target while that is eligible: what the provider has cached of it is there. */
function first(decision: Decision, id: string): Decision {
  const pinned = decision.ranked.find((candidate) => candidate.id === id)
  if (!pinned || pinned === decision.ranked[0]) return decision
  const others = decision.ranked.filter((candidate) => candidate !== pinned)
  return { ...decision, chosen: id, decidedBy: 'sticky', ranked: [pinned, ...others] }
}
