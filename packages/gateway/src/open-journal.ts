import type { GatewayOptions } from '@gw/headers'
import type { Caller } from '@gw/keys'
import type { Answer } from './answer.ts'
import type { Deps, Execution } from './deps.ts'
import type { Failure } from './failure.ts'
import type { Gateway } from './gateways/gateway-store.ts'
import { boundRecord } from './logs/bound-record.ts'
import type { AttemptRecord, LogRecord } from './logs/log-record.ts'
import type { Leg, Plan } from './plan.ts'
import { freeFailed, settle, unknownCost, type Settlement } from './settle.ts'
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
  plan(plan: Plan): void
  attempt(record: AttemptRecord): void
  /** Ends the row now. */
  fail(failure: Failure, leg: Leg | undefined): void
  /** Ends the row when the answer's body has ended. @returns the bill where that is already so. */
  answer(answer: Answer): Settlement | undefined
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
  options: GatewayOptions
  plan?: Plan
}

export function openJournal({ http, surface, deps, execution }: JournalOptions): Journal {
  const url = new URL(http.url)
  const id = deps.createId()
  const startedAt = deps.now()
  const attempts: AttemptRecord[] = []
  let known: Known = { gatewayId: 'default', options: {} }
  const learn = (facts: Partial<Known>): void => void (known = { ...known, ...facts })

  const recordOf = (caller: Caller, ending: Ended): LogRecord =>
    boundRecord({
      ...base({ id, url, surface, startedAt }),
      ...facts(known, caller, id),
      duration_ms: deps.now() - startedAt,
      attempts,
      ...ending,
    })

  const send = (ending: Ended): void => {
    const { options, gateway, caller } = known
    const collectsLog = options.collectLog ?? gateway?.settings.collect_logs ?? true
    if (!caller || (!collectsLog && ending.ending === 'complete')) return
    execution.waitUntil(deps.recordLog(recordOf(caller, ending)))
  }

  return {
    id,
    url,
    eventId: () => known.options.eventId ?? id,
    attempts: () => attempts.length,
    identify: (caller, named) => learn({ caller, gatewayId: named ?? known.gatewayId }),
    choose: (gateway, options) => learn({ gateway, gatewayId: gateway.id, options }),
    plan: (plan) => learn({ plan, options: plan.legs[0]?.options ?? known.options }),
    attempt: (record) => attempts.push(record),
    fail: (failure, leg) => {
      if (leg) learn({ options: leg.options })
      send(failed(failure, leg, attempts.at(-1)))
    },
    answer: (answer) => {
      const { leg, soFar } = answer
      const { options } = leg
      learn({ options })
      const settleAt = (relayed: Relayed): Settlement =>
        settle({ leg, relayed, customCost: options.customCost, at: startedAt })
      const end = (relayed: Relayed): Settlement => {
        const settlement = settleAt(relayed)
        send(answered(answer, { relayed, settlement, startedAt }))
        return settlement
      }
      const { caller } = known
      if (caller && soFar && answer.done instanceof Promise) {
        deps.keepDraft?.(() => {
          const relayed = soFar()
          return recordOf(caller, answered(answer, { relayed, settlement: settleAt(relayed), startedAt }))
        })
      }
      return whenDone(answer.done, end, execution)
    },
  }
}

/** Ends now what has ended already. */
function whenDone<T>(done: Answer['done'], end: (relayed: Relayed) => T, execution: Execution): T | undefined {
  if (!(done instanceof Promise)) return end(done)
  execution.waitUntil(done.then(end))
  return undefined
}

type Ended = Omit<
  LogRecord,
  keyof ReturnType<typeof base> | keyof ReturnType<typeof facts> | 'duration_ms' | 'attempts'
>

function base({ id, url, surface, startedAt }: { id: string; url: URL; surface: string; startedAt: number }) {
  return {
    id,
    created_at: startedAt,
    surface,
    path: url.pathname,
    feedback: null,
    score: null,
  } satisfies Partial<LogRecord>
}

function facts({ gatewayId, options, plan }: Known, caller: Caller, id: string) {
  return {
    org_id: caller.orgId,
    user_id: caller.userId,
    gateway_key_id: caller.gatewayKeyId,
    gateway_id: gatewayId,
    event_id: options.eventId ?? id,
    requested_model: plan?.requestedModel ?? null,
    stream: plan?.stream ?? false,
    metadata: metadataOf(options),
  } satisfies Partial<LogRecord>
}

function failed(failure: Failure, leg: Leg | undefined, last: AttemptRecord | undefined): Ended {
  return {
    ...(failure.mayCost ? unknownCost : freeFailed),
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
  settlement: Settlement
  startedAt: number
}

function answered(answer: Answer, { relayed, settlement, startedAt }: AnsweredContext): Ended {
  const { leg, status, keySource, warnings } = answer
  const { ending, seen, firstOutputAt } = relayed
  return {
    ...settlement,
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
