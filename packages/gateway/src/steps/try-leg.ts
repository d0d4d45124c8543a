import { GatewayError } from '@gw/headers'
import type { KeySource } from '@gw/keys'
import { retryDelayMs } from '@gw/router'
import type { Answer } from '../answer.ts'
import type { Deps } from '../deps.ts'
import { failureOfGateway, type Failure } from '../failure.ts'
import type { AttemptRecord } from '../logs/log-record.ts'
import { nothing, type AnswerCost } from '../money/cost-of-answer.ts'
import type { AttemptMoney, Settlement } from '../money/create-settlement.ts'
import type { Leg, LocalLeg, UpstreamLeg } from '../plan.ts'
import type { Itinerary } from '../routing/itinerary.ts'
import type { Relayed } from '../streams/create-reading.ts'
import { nothingSeen } from '../streams/tap.ts'
import { attemptLeg, type AttemptOutcome } from './attempt-leg.ts'
import { checkLegScopes } from './check-scopes.ts'
import { fromStore } from './from-store.ts'
import { observeAttempt } from './observe-attempt.ts'
import type { Purse } from './purse.ts'
import { rejectKey } from './reject-key.ts'
import type { Reservation } from './reservation.ts'
import { reserve } from './reserve.ts'
import { resolveKeys, type ResolvedKey } from './resolve-keys.ts'

export interface Tries {
  itinerary: Itinerary
  purse: Purse
  callerSignal: AbortSignal
  money: Settlement
  /** Whose request it is, looked up again: much may happen between two attempts. @throws GatewayError */
  recheck(): Promise<Purse>
  /** Called when something was set aside for an attempt. */
  onReserve(reservation: Reservation): void
  /** Called when an answer broke off and is to be gone on with. @returns what it cost */
  onBreak(broken: { leg: Answer['leg']; keySource: KeySource; relayed: Relayed }): AnswerCost
  /** Called after every attempt, whatever its outcome. */
  onAttempt(attempt: AttemptRecord): void
}

/** A leg that did not answer, and why. */
export type Failed = { ok: false; failure: Failure; leg: Leg }

/** Tries whose attempts are counted. */
export interface Counted extends Tries {
  /** Number of the attempt that begins, from 1. */
  next(): number
}

export function countAttempts(tries: Tries): Counted {
  let count = 0
  return { ...tries, next: () => (count += 1) }
}

export type LegTries = Counted & { hasNextTarget: boolean; probedAt?: number | undefined }

/** One leg with each of its keys. A key that its provider rejects makes room for the next one, which is no retry. */
export async function tryLeg(leg: Leg, tries: LegTries, deps: Deps): Promise<{ ok: true; answer: Answer } | Failed> {
  if (leg.kind === 'local') return tryLocally(leg, tries, deps)
  const keys = await keysOf(leg, tries, deps)
  if ('code' in keys) return { ok: false, failure: keys, leg }
  let position = 0
  for (let attempt = 1; ;) {
    const key = keys[position] ?? noKey
    const canRetry = attempt < leg.retry.maxAttempts && isReplayable(leg)
    const startedAt = deps.now()
    const outcome = await tryOnce({ leg, key, canFallBack: canRetry || tries.hasNextTarget }, tries, deps)
    const isRejected =
      !outcome.ok && rejectKey({ failure: outcome.failure, leg, key, hasOthers: keys.length > 1 }, tries.purse, deps)
    const hasNextKey = isRejected && position + 1 < keys.length && isReplayable(leg)
    // What one of several keys may not do is not the target's failure.
    if (!hasNextKey) observeAttempt({ leg, outcome, startedAt, probedAt: tries.probedAt }, tries.purse, deps)
    if (outcome.ok) return outcome
    if (isRejected) position = hasNextKey ? position + 1 : 0
    if (hasNextKey) continue

    const { failure } = outcome
    const { retryAfterMs } = failure
    const tried = { attempt, canRetry: failure.canRetry && isReplayable(leg) }
    const delayMs = retryDelayMs(leg.retry, { ...tried, ...(retryAfterMs !== undefined && { retryAfterMs }) })
    if (delayMs === undefined) return { ok: false, failure, leg }
    await deps.sleep(delayMs)
    attempt += 1
  }
}

const noKey: ResolvedKey = { source: 'none', secret: undefined }

/** The leg's keys, or why it has none; a leg without a key counts as an attempt, so that the row says what was missing. */
async function keysOf(leg: UpstreamLeg, tries: LegTries, deps: Deps): Promise<readonly ResolvedKey[] | Failure> {
  const startedAt = deps.now()
  try {
    checkLegScopes(tries.purse.caller, leg)
    const report = (error: unknown): void => deps.report(error, tries.purse.logId)
    const keys = await fromStore(resolveKeys(leg, tries.purse, deps.keyResolver), report)
    return leg.kind === 'chat' && leg.isFree ? keys.map(asFree) : keys
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    const outcome = { ok: false as const, failure: failureOfGateway(error) }
    tries.onAttempt(toRecord({ outcome, leg, money: nothing, key: undefined }, { tries, startedAt, deps }))
    return outcome.failure
  }
}

/** A model that was chosen as free is called as such, whosever token it is. */
const asFree = ({ secret }: ResolvedKey): ResolvedKey => ({ source: 'free', secret })

interface Try {
  leg: UpstreamLeg
  key: ResolvedKey
  canFallBack: boolean
}

export async function tryOnce({ leg, key, canFallBack }: Try, tries: Counted, deps: Deps): Promise<AttemptOutcome> {
  const startedAt = deps.now()
  const { money, purse, callerSignal } = tries
  let outcome: AttemptOutcome
  try {
    await setAside(leg, key, { tries, deps })
    outcome = await attemptLeg({ leg, secret: key, deps, logId: purse.logId, callerSignal, startedAt, canFallBack })
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    outcome = { ok: false, failure: failureOfGateway(error) }
  }
  const spent = settleAttempt(outcome, money)
  tries.onAttempt(toRecord({ outcome, leg, money: spent, key }, { tries, startedAt, deps }))
  if (outcome.ok && key.candidate) purse.background(deps.keyResolver.accept(key.candidate))
  return outcome
}

/** @throws GatewayError when the caller may not, or no longer, make this attempt. */
async function setAside(
  leg: UpstreamLeg,
  key: ResolvedKey,
  { tries, deps }: { tries: Counted; deps: Deps },
): Promise<void> {
  const { money } = tries
  const purse = money.hasTried() ? await tries.recheck() : tries.purse
  const reservation = await reserve({ leg, source: key.source, carried: money.carried() }, purse, deps)
  money.reserve(reservation)
  tries.onReserve(reservation)
}

/** An attempt that was refused before it began has nothing to settle. */
function settleAttempt(outcome: AttemptOutcome, money: Settlement): AttemptMoney {
  if (money.state() !== 'reserved') return nothing
  if (!outcome.ok) {
    const { mayCost = false, type, code } = outcome.failure
    return money.drop({ mayCost, wasUnderWay: type === 'timeout' || code === 'client_closed' })
  }
  money.answer()
  return nothing
}

/** Nobody is called, and nothing is charged. */
function tryLocally(leg: LocalLeg, tries: Counted, deps: Deps): { ok: true; answer: Answer } {
  const startedAt = deps.now()
  const outcome = { ok: true as const, answer: answerLocally(leg, startedAt) }
  tries.money.reserve({ nanoUsd: undefined, milliNeurons: undefined })
  tries.money.answer()
  tries.onAttempt(toRecord({ outcome, leg, money: nothing, key: undefined }, { tries, startedAt, deps }))
  return outcome
}

function answerLocally(leg: LocalLeg, now: number): Answer {
  return {
    leg,
    status: 200,
    headers: new Headers({ 'content-type': 'application/json' }),
    body: JSON.stringify(leg.answer),
    keySource: 'none',
    warnings: leg.warnings,
    done: { ending: 'complete', seen: { ...nothingSeen(), isFinished: true }, firstOutputAt: now },
  }
}

/** A body that streams through can be sent only once. */
function isReplayable(leg: Leg): boolean {
  return leg.kind !== 'native' || !(leg.body instanceof ReadableStream)
}

interface Tried {
  outcome: AttemptOutcome
  leg: Leg
  money: AttemptMoney
  key: ResolvedKey | undefined
}

function toRecord(
  { outcome, leg, money, key }: Tried,
  { tries, startedAt, deps }: { tries: Counted; startedAt: number; deps: Deps },
): AttemptRecord {
  const failure = outcome.ok ? undefined : outcome.failure
  return {
    attempt: tries.next(),
    step: leg.step,
    provider: leg.provider.id,
    model: leg.model ?? null,
    status_code: outcome.ok ? outcome.answer.status : failure?.raw ? failure.raw.status : null,
    error_type: failure?.type ?? null,
    error_code: failure?.providerCode ?? failure?.code ?? null,
    key_source: key?.source ?? null,
    provider_key_id: storedKeyId(key),
    usage: money.usage,
    usage_source: money.usage_source,
    cost_nano_usd: money.cost_nano_usd,
    started_at: startedAt,
    duration_ms: deps.now() - startedAt,
  }
}

/** Keys of the environment have no record. */
const storedKeyId = (key: ResolvedKey | undefined): string | null =>
  key?.candidate && key.source !== 'environment' ? key.candidate.keyId : null
