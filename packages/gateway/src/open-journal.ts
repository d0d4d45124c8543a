import type { GatewayOptions } from '@gw/headers'
import type { Caller } from '@gw/keys'
import type { Answer } from './answer.ts'
import type { Deps, Execution } from './deps.ts'
import type { Failure } from './failure.ts'
import type { Gateway } from './gateways/gateway-store.ts'
import { boundRecord } from './logs/bound-record.ts'
import type { AttemptRecord, LogRecord } from './logs/log-record.ts'
import type { Leg, Plan } from './plan.ts'
import { costOfAnswer } from './money/cost-of-answer.ts'
import { createSettlement, type SettledMoney, type Settlement } from './money/create-settlement.ts'
import { createHolds } from './money/create-holds.ts'
import type { Account } from './people/account-store.ts'
import { limitHeaders } from './ledger/limit-headers.ts'
import type { LimitCheck } from './steps/check-limits.ts'
import type { Reservation } from './steps/reservation.ts'
import type { Relayed } from './streams/create-reading.ts'

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
  choose(gateway: Gateway, options: GatewayOptions): void
  /** Whose limits and prices apply. */
  account(account: Account): void
  limit(check: LimitCheck): void
  /** How the request stands to its limits, in headers. */
  limitHeaders(): Record<string, string>
  plan(plan: Plan): void
  /** The money of the request. */
  money: Settlement
  reserve(reservation: Reservation): void
  attempt(record: AttemptRecord): void
  /** Ends the row now. */
  fail(failure: Failure, leg: Leg | undefined): void
  /** Ends the row when the answer's body has ended. @returns the bill where that is already so. */
  answer(answer: Answer): SettledMoney | undefined
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
  const url = new URL(http.url)
  const id = deps.createId()
  const startedAt = deps.now()
  const attempts: AttemptRecord[] = []
  const money = createSettlement()
  let known: Known = { gatewayId: 'default', options: {}, limits: [], unchecked: false }
  const learn = (facts: Partial<Known>): void => void (known = { ...known, ...facts })

  const recordOf = (caller: Caller, ending: Ended): LogRecord =>
    boundRecord({
      ...base({ id, url, surface, startedAt }),
      ...facts(known, caller, id),
      duration_ms: deps.now() - startedAt,
      attempts,
      provider_key_id: attempts.at(-1)?.provider_key_id ?? null,
      ...ending,
    })

  const holds = createHolds({ id, deps, execution })
  const send = (ending: Ended): void => {
    const { options, gateway, caller, account } = known
    if (!caller) return
    const record = recordOf(caller, ending)
    holds.settle(record, account)
    tellOfUnknownPrice(record, { deps, execution })
    const collectsLog = options.collectLog ?? gateway?.settings.collect_logs ?? true
    if (collectsLog || ending.ending !== 'complete') execution.waitUntil(deps.recordLog(record))
  }

  return {
    id,
    url,
    money,
    eventId: () => known.options.eventId ?? id,
    attempts: () => attempts.length,
    identify: (caller, named) => learn({ caller, gatewayId: named ?? known.gatewayId }),
    choose: (gateway, options) => learn({ gateway, gatewayId: gateway.id, options }),
    account: (account) => learn({ account }),
    limit: ({ states, isChecked }) => learn({ limits: states, unchecked: known.unchecked || !isChecked }),
    limitHeaders: () => limitHeaders(known.limits, deps.now()),
    plan: (plan) => learn({ plan, options: plan.legs[0]?.options ?? known.options }),
    reserve: (reservation) => {
      learn({ unchecked: known.unchecked || reservation.unchecked })
      holds.add(reservation)
    },
    attempt: (record) => attempts.push(record),
    fail: (failure, leg) => {
      // An answer that is on its way settles itself.
      if (money.state() !== 'open' && money.state() !== 'reserved') return
      if (leg) learn({ options: leg.options })
      send(failed(failure, { leg, last: attempts.at(-1), money: money.fail() }))
    },
    answer: (answer) => {
      const { leg, soFar, keySource } = answer
      learn({ options: leg.options })
      const { caller, account } = known
      const costAt = (relayed: Relayed) =>
        costOfAnswer({ leg, keySource, relayed, prices: account?.prices ?? [], at: startedAt })
      const end = (relayed: Relayed): SettledMoney => {
        const cost = costAt(relayed)
        const settled = money.settle(cost)
        const last = attempts.at(-1)
        const { usage, usage_source, cost_nano_usd } = cost
        if (last) attempts.splice(-1, 1, { ...last, usage, usage_source, cost_nano_usd })
        send(answered(answer, { relayed, settled, startedAt }))
        return settled
      }
      if (caller && soFar && answer.done instanceof Promise) {
        holds.keep(answer.done, caller.orgId)
        deps.keepDraft?.(() => {
          const relayed = soFar()
          return recordOf(caller, answered(answer, { relayed, settled: money.preview(costAt(relayed)), startedAt }))
        })
      }
      return whenDone(answer.done, end, execution)
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

/** Ends now what has ended already. */
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
    unchecked,
  } satisfies Partial<LogRecord>
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
  const { leg, status, keySource, warnings } = answer
  const { ending, seen, firstOutputAt } = relayed
  return {
    ...settled,
    cache_status: 'MISS',
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
