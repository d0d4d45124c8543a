import type { GatewayOptions } from '@gw/headers'
import type { Caller } from '@gw/keys'
import type { Answer } from './answer.ts'
import type { Deps, Execution } from './deps.ts'
import type { Failure } from './failure.ts'
import type { Gateway } from './gateways/gateway-store.ts'
import { boundRecord } from './logs/bound-record.ts'
import type { AttemptRecord, LogRecord } from './logs/log-record.ts'
import type { Leg, Plan } from './plan.ts'
import { costOfAnswer, nothing, type AnswerCost } from './money/cost-of-answer.ts'
import { createSettlement, type SettledMoney, type Settlement } from './money/create-settlement.ts'
import { createHolds } from './money/create-holds.ts'
import type { Account } from './people/account-store.ts'
import { limitHeaders } from './ledger/limit-headers.ts'
import type { LimitCheck } from './steps/check-limits.ts'
import type { Payer } from './steps/purse.ts'
import type { Reservation } from './steps/reservation.ts'
import { cutOff, type Relayed } from './streams/create-reading.ts'

/**
 * Writes down what becomes known of one request, and sends its row once, when it has ended. A request whose caller
 * nobody knows leaves no row.
 */
export interface Journal {
  /** Id of the row, and of the request. */
  id: string
  url: URL
  eventId(): string
  attempts(): number
  identify(caller: Caller, gatewayId: string | undefined): void
  choose({ gateway, account }: Pick<Payer, 'gateway' | 'account'>, options: GatewayOptions): void
  limit(check: LimitCheck): void
  /** How the request stands to its limits, in headers. */
  limitHeaders(): Record<string, string>
  plan(plan: Plan): void
  /** The money of the request. */
  money: Settlement
  reserve(reservation: Reservation): void
  attempt(record: AttemptRecord): void
  /** An answer broke off, and another target is to go on with it. @returns what it cost */
  breakOff(broken: BrokenAnswer): AnswerCost
  /** Ends the row now; an answer that is on its way does so itself. */
  fail(failure: Failure, leg: Leg | undefined): void
  /**
   * Ends the row when the answer's body has ended, and then tells how it did. @returns the bill where that is already so.
   */
  answer(answer: Answer, onEnd: (ended: EndedAnswer) => void): SettledMoney | undefined
}

/** A part of an answer. */
export type BrokenAnswer = Pick<Answer, 'leg' | 'keySource'> & { relayed: Relayed }

/** An answer whose body has ended. */
export interface EndedAnswer {
  relayed: Relayed
  settled: SettledMoney
  /** Of the whole request. */
  durationMs: number
}

export interface JournalOptions {
  http: Request
  surface: string
  deps: Deps
  execution: Execution
}

/** What becomes known of a request on its way. */
interface Known {
  caller?: Caller
  gatewayId: string
  gateway?: Gateway
  account?: Account
  limits: LimitCheck['states']
  /** Something about limits or budgets could not be asked. */
  unchecked: boolean
  options: GatewayOptions
  plan?: Plan
}

export function openJournal({ http, surface, deps, execution }: JournalOptions): Journal {
  const [url, id, startedAt] = [new URL(http.url), deps.createId(), deps.now()]
  const attempts: AttemptRecord[] = []
  const money = createSettlement()
  let known: Known = { gatewayId: 'default', options: {}, limits: [], unchecked: false }
  const learn = (facts: Partial<Known>): void => void (known = { ...known, ...facts })
  const moneyContext = () => ({ prices: known.account?.prices ?? [], money, startedAt })

  const recordOf = (caller: Caller, ending: Ended): LogRecord =>
    boundRecord({
      ...base({ id, url, surface, startedAt }),
      ...facts(known, caller, id),
      ...made(attempts, deps.now() - startedAt),
      ...ending,
    })

  const holds = createHolds({ id, deps, execution })
  const send = (ending: Ended): void =>
    known.caller && sendRow(recordOf(known.caller, ending), { known, holds, deps, execution })
  return {
    id,
    url,
    money,
    eventId: () => known.options.eventId ?? id,
    attempts: () => attempts.length,
    identify: (caller, named) => learn({ caller, gatewayId: named ?? known.gatewayId }),
    choose: ({ gateway, account }, options) => learn({ gateway, gatewayId: gateway.id, account, options }),
    limit: ({ states, isChecked }) => learn({ limits: states, unchecked: known.unchecked || !isChecked }),
    limitHeaders: () => limitHeaders(known.limits, deps.now()),
    plan: (plan) => learn({ plan, options: plan.itinerary.named[0]?.options ?? known.options }),
    reserve: (reservation) => {
      holds.add(reservation)
      learn({ unchecked: known.unchecked || reservation.unchecked })
    },
    attempt: (record) => attempts.push(record),
    breakOff: (broken) => breakOff(broken, { ...moneyContext(), attempt: attempts.at(-1) }),
    fail: (failure, leg) => {
      if (money.state() !== 'open' && money.state() !== 'reserved') return
      if (leg) learn({ options: leg.options })
      send(failed(failure, { leg, last: attempts.at(-1), money: money.fail() }))
    },
    answer: (answer, onEnd) => {
      const { done, soFar, leg } = answer
      learn({ options: leg.options })
      const { preview, settle } = readAnswer(answer, moneyContext())
      const end = (relayed: Relayed): SettledMoney => {
        const { spent, settled, ended } = settle(relayed)
        Object.assign(attempts.at(-1) ?? {}, spent)
        send(ended)
        onEnd({ relayed, settled, durationMs: deps.now() - startedAt })
        return settled
      }
      const settled = whenDone(done, end, execution)
      const { caller } = known
      if (caller && soFar && done instanceof Promise) {
        holds.keep(done, caller.orgId)
        deps.keepDraft?.(() => recordOf(caller, preview(soFar())))
      }
      return settled
    },
  }
}

/** What the attempts come to. */
const made = (attempts: AttemptRecord[], durationMs: number) => ({
  duration_ms: durationMs,
  attempts,
  provider_key_id: attempts.at(-1)?.provider_key_id ?? null,
})

interface SendContext extends Pick<JournalOptions, 'deps' | 'execution'> {
  known: Known
  holds: ReturnType<typeof createHolds>
}

/** The row on its way, and what it settles. */
function sendRow(record: LogRecord, { known, holds, deps, execution }: SendContext): void {
  holds.settle(record, known.account)
  tellOfUnknownPrice(record, { deps, execution })
  const collectsLog = known.options.collectLog ?? known.gateway?.settings.collect_logs ?? true
  if (collectsLog || record.ending !== 'complete') execution.waitUntil(deps.recordLog(record))
}

/** A part that broke off: its money is settled, and its attempt says what it was. */
function breakOff(
  broken: BrokenAnswer,
  { attempt, prices, money, startedAt }: AnswerContext & { attempt: AttemptRecord | undefined },
): AnswerCost {
  const cost = costOfAnswer({ ...broken, prices, at: startedAt })
  money.breakOff(cost)
  const { type, code } = broken.relayed.seen.error ?? cutOff
  const { usage, usage_source, cost_nano_usd } = cost
  const failure = { error_type: type, error_code: code ?? null }
  Object.assign(attempt ?? {}, { usage, usage_source, cost_nano_usd, ...failure })
  return cost
}

interface AnswerContext {
  prices: Account['prices']
  money: Settlement
  startedAt: number
}

/** What the row says of an answer: now, and once it has ended. */
function readAnswer(answer: Answer, { prices, money, startedAt }: AnswerContext) {
  const { leg, keySource } = answer
  if (leg.kind === 'cached') money.answer()
  const costAt = (relayed: Relayed) =>
    relayed.isSettled ? nothing : costOfAnswer({ leg, keySource, ...relayed.by, relayed, prices, at: startedAt })
  return {
    preview: (relayed: Relayed): Ended =>
      answered(answer, { relayed, settled: money.preview(costAt(relayed)), startedAt }),
    settle: (relayed: Relayed) => {
      const cost = costAt(relayed)
      const settled = money.settle(cost)
      const { usage, usage_source, cost_nano_usd } = cost
      return {
        settled,
        // The last attempt of an answer whose parts are settled is another one.
        spent: relayed.isSettled ? {} : { usage, usage_source, cost_nano_usd },
        ended: answered(answer, { relayed, settled, startedAt }),
      }
    },
  }
}

/** A price that nobody knows is for somebody to find out. */
function tellOfUnknownPrice(
  { org_id, provider, model, cost_nano_usd, usage_source }: LogRecord,
  { deps: { alert, now }, execution }: Pick<JournalOptions, 'deps' | 'execution'>,
): void {
  if (cost_nano_usd !== null || provider === null) return
  const subject = `${provider}/${model ?? ''}`
  const why = usage_source === 'reported' ? 'has no known price' : 'answered in part; what it costs is not known'
  const message = `${subject} ${why}.`
  execution.waitUntil(alert({ orgId: org_id, kind: 'unknown_price', subject, message, at: now() }))
}

/** Ends now what has ended already; called first, so that the row comes whatever fails after it. */
function whenDone<T>(done: Answer['done'], end: (relayed: Relayed) => T, execution: Execution): T | undefined {
  if (!(done instanceof Promise)) return end(done)
  execution.waitUntil(done.then(end))
  return undefined
}

type Ended = Omit<
  LogRecord,
  keyof ReturnType<typeof base> | keyof ReturnType<typeof facts> | 'duration_ms' | 'attempts' | 'provider_key_id'
>

function base({ id, url, surface, startedAt }: { id: string; url: URL; surface: string; startedAt: number }) {
  return {
    id,
    created_at: startedAt,
    surface,
    path: url.pathname,
    feedback: null,
    score: null,
    repriced_at: null,
    previous_cost_nano_usd: null,
  } satisfies Partial<LogRecord>
}

function facts({ gatewayId, options, plan, unchecked }: Known, caller: Caller, id: string) {
  return {
    org_id: caller.orgId,
    user_id: caller.userId,
    gateway_key_id: caller.gatewayKeyId,
    gateway_id: gatewayId,
    event_id: options.eventId ?? id,
    requested_model: plan?.requestedModel ?? null,
    stream: plan?.stream ?? false,
    metadata: metadataOf(options),
    routing: routingOf(plan),
    unchecked: unchecked || (plan?.itinerary.isUnchecked?.() ?? false),
    ...traceOf(options),
  } satisfies Partial<LogRecord>
}

/** Only where the caller's headers name one. */
function traceOf({ otelTraceId, otelParentSpanId }: GatewayOptions): Pick<LogRecord, 'trace'> {
  if (otelTraceId === undefined) return {}
  return { trace: { trace_id: otelTraceId, ...(otelParentSpanId && { parent_span_id: otelParentSpanId }) } }
}

/** `null` where there was no choice. */
function routingOf(plan: Plan | undefined): LogRecord['routing'] {
  const record = plan?.itinerary.routing?.() ?? {}
  return Object.keys(record).length === 0 ? null : record
}

interface FailedContext {
  leg: Leg | undefined
  last: AttemptRecord | undefined
  money: SettledMoney
}

function failed(failure: Failure, { leg, last, money }: FailedContext): Ended {
  return {
    ...money,
    cache_status: null,
    saved_nano_usd: null,
    saved_ms: null,
    provider: leg?.provider.id ?? null,
    model: leg?.model ?? null,
    status_code: failure.raw?.status ?? failure.status,
    success: false,
    error_type: failure.type,
    ending: endingOf(failure, last),
    step: leg?.step ?? 0,
    ttft_ms: null,
    key_source: last?.key_source ?? null,
    warnings: [],
  }
}

function endingOf(failure: Failure, last: AttemptRecord | undefined): LogRecord['ending'] {
  if (failure.code === 'client_closed') return 'client_gone'
  const reachedUpstream =
    last !== undefined && (failure.unreachable || last.status_code !== null || failure.code.startsWith('upstream_'))
  return reachedUpstream ? 'upstream_error' : 'rejected'
}

interface AnsweredContext {
  relayed: Relayed
  settled: SettledMoney
  startedAt: number
}

function answered(answer: Answer, { relayed, settled, startedAt }: AnsweredContext): Ended {
  const { status, warnings } = answer
  const { ending, seen, firstOutputAt } = relayed
  const { leg, keySource } = { leg: answer.leg, keySource: answer.keySource, ...relayed.by }
  return {
    ...settled,
    cache_status: leg.kind === 'cached' ? 'HIT' : 'MISS',
    saved_nano_usd: leg.kind === 'cached' ? leg.savedNanoUsd : null,
    saved_ms: leg.kind === 'cached' ? leg.savedMs : null,
    provider: leg.provider.id,
    model: leg.model ?? seen.model ?? null,
    status_code: status,
    success: ending === 'complete',
    error_type: seen.error?.type ?? null,
    ending,
    step: leg.step,
    ttft_ms: firstOutputAt === undefined ? null : firstOutputAt - startedAt,
    key_source: keySource,
    warnings,
  }
}

/** A bigint is kept as its digits. */
function metadataOf({ metadata = {} }: GatewayOptions): LogRecord['metadata'] {
  return Object.fromEntries(
    Object.entries(metadata).map(([key, value]) => [key, typeof value === 'bigint' ? String(value) : value]),
  )
}
