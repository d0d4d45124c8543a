import { formatResponseMeta } from '@gw/headers'
import type { Answer } from './answer.ts'
import { formatDialect, type Dialect } from './errors/dialect.ts'
import { renderError } from './errors/render-error.ts'
import type { Failure } from './failure.ts'
import type { Journal } from './open-journal.ts'
import type { RoutingRecord } from './logs/routing-record.ts'
import type { Leg } from './plan.ts'
import type { SettledMoney } from './money/create-settlement.ts'
import { routingMeta } from './routing/routing-meta.ts'
import { nativeAnswerHeaders } from './steps/answer-headers.ts'
import type { Surface } from './surfaces/surface.ts'

/** More would outgrow what clients take as one header. */
const mostWarnings = 30

/** A native body may name any model; a header must stay one that clients take. */
const longestModel = 256

export interface Responding {
  journal: Journal
  /** Where it is known already. */
  bill: SettledMoney | undefined
  /** The model that was asked for, where another one answers in its place. */
  requestedModel: string | undefined
  /** How that was chosen. */
  routing: RoutingRecord | undefined
}

/** The answer with what the gateway says of it in headers. */
export function respond(answer: Answer, { journal, bill, requestedModel, routing }: Responding): Response {
  const { leg, status, headers, body, keySource, warnings } = answer
  const meta = formatResponseMeta({
    ...identity(journal),
    step: leg.step,
    cacheStatus: leg.kind === 'cached' ? 'HIT' : 'MISS',
    provider: leg.provider.id,
    ...(leg.model !== undefined && { model: leg.model.slice(0, longestModel) }),
    ...routingMeta(routing, answer, journal.id),
    attempts: journal.attempts(),
    keySource,
    ...(typeof bill?.cost_nano_usd === 'number' && { cost: bill.cost_nano_usd / 1e9 }),
    ...(requestedModel !== undefined && { requestedModel: requestedModel.slice(0, longestModel) }),
    ...(warnings.length > 0 && { warnings: warnings.slice(0, mostWarnings) }),
  })
  const own = { ...meta, ...routeHeaders(leg, routing), ...journal.limitHeaders() }
  for (const [name, value] of Object.entries(own)) headers.set(name, value)
  return new Response(body, { status, headers })
}

interface FailureContext {
  surface: Surface
  journal: Journal
}

/** Our own refusal, in the surface's dialect. */
export function respondWithFailure(failure: Failure, { surface, journal }: FailureContext): Response {
  return renderError(failure, {
    dialect: surface.dialect,
    logId: journal.id,
    attempts: journal.attempts(),
    headers: {
      ...formatResponseMeta({ ...identity(journal), attempts: journal.attempts() }),
      ...journal.limitHeaders(),
    },
  })
}

/** A provider's failure: its own words where the request was in them, the caller's dialect elsewhere. */
export function respondWithUpstreamFailure(
  { failure, leg }: { failure: Failure; leg: Leg },
  context: FailureContext,
): Response {
  const { surface, journal } = context
  const meta = {
    ...formatResponseMeta({
      ...identity(journal),
      step: leg.step,
      provider: leg.provider.id,
      ...(leg.model !== undefined && { model: leg.model.slice(0, longestModel) }),
      attempts: journal.attempts(),
      error: failure.type,
    }),
    ...routeHeaders(leg),
    ...journal.limitHeaders(),
  }
  if (leg.kind === 'native' && failure.raw) {
    const headers = nativeAnswerHeaders(failure.raw.headers)
    for (const [name, value] of Object.entries(meta)) headers.set(name, value)
    return new Response(failure.raw.text, { status: failure.raw.status, headers })
  }
  const isOurs = !failure.raw && failure.code !== 'upstream_error'
  return renderError(failure, {
    dialect: isOurs ? surface.dialect : dialectOf(leg, surface),
    logId: journal.id,
    provider: leg.provider.id,
    model: leg.model,
    attempts: journal.attempts(),
    headers: meta,
  })
}

/** How a provider's failure is written for the caller. */
function dialectOf(leg: Leg, surface: Surface): Dialect {
  if (leg.kind === 'chat') return formatDialect(leg.chat.format)
  return leg.kind === 'task' ? leg.dialect : surface.dialect
}

/** All that an HTTP header can carry. */
const headerText = /^[ -~]*$/

/** Cloudflare says so where a dynamic route answers. */
function routeHeaders(leg: Answer['leg'], routing?: RoutingRecord): Record<string, string> {
  const { provider, model } = leg
  const isRouted = leg.kind === 'cached' ? routing?.route : leg.route
  if (!isRouted) return {}
  return {
    'cf-aig-provider': provider.id,
    ...(model !== undefined && headerText.test(model) && { 'cf-aig-model': model.slice(0, longestModel) }),
  }
}

function identity(journal: Journal): { logId: string; requestId: string; eventId: string } {
  return { logId: journal.id, requestId: journal.id, eventId: journal.eventId() }
}
