import type { Providers } from '@gw/adapters'
import type { KeyResolver, KeyStore } from '@gw/keys'
import type { ControlPlane } from './admin/control-plane.ts'
import type { AlertEvent } from './alerts/alert-event.ts'
import type { Email } from './alerts/send-to-channel.ts'
import type { Bodies } from './bodies/create-bodies.ts'
import type { Caching } from './cache/create-caching.ts'
import type { DynamicRouteStore } from './dynamic-routes/dynamic-route-store.ts'
import type { GatewayStore } from './gateways/gateway-store.ts'
import type { Health } from './health/create-health.ts'
import type { Permits } from './ledger/create-permits.ts'
import type { Ledgers } from './ledger/ledger.ts'
import type { LogStore } from './logs/log-store.ts'
import type { LogRecord } from './logs/log-record.ts'
import type { AccountStore } from './people/account-store.ts'
import type { ResponseStore } from './responses/response-store.ts'
import type { RoutingMemory } from './routing/create-routing-memory.ts'
import type { Runs } from './runs/runs.ts'

/** What a gateway needs from the world: clock, randomness, network and stores are all passed in. */
export interface Deps {
  providers: Providers
  keys: KeyStore
  gateways: GatewayStore
  dynamicRoutes: DynamicRouteStore
  /** Finds the keys to call providers with. */
  keyResolver: KeyResolver
  /** What limits and prices callers' requests. */
  accounts: AccountStore
  /** Where limits, budgets and neurons are counted. */
  ledgers: Ledgers
  /** The permits for requests that this isolate holds. */
  permits: Permits
  /** Choices of before. */
  routingMemory: RoutingMemory
  /** How targets are. */
  health: Health
  /** Free neurons of Workers AI a day. */
  neuronsPerDay: number
  /** Tells somebody what they should hear of. Never rejects. */
  alert(event: AlertEvent): Promise<void>
  /** Has alert rules looked at soon: an organisation's, or with `null` the operator's. Never rejects. */
  watchAlerts?(orgId: string | null): Promise<void>
  /** Sends a mail; without it alerts go to webhooks alone. @throws where it could not */
  sendEmail?(email: Email): Promise<void>
  /** Takes a finished request's row. Must not lose it: a rejection means that the row is nowhere. */
  recordLog(record: LogRecord): Promise<void>
  /**
   * Hears of a streamed answer when it begins, to keep a draft of its row where the gateway may die before it ends. The
   * draft is the row as it would be if the answer broke off now, and has its id.
   */
  keepDraft?(draft: () => LogRecord): void
  /** Lets streamed answers outlive their callers; without it none can be resumed. */
  runs?: Runs
  /** Keeps answers for equal requests; without it none are kept. */
  cache?: Caching
  /** Keeps responses for callers who go on from them; without it none are kept. */
  responses?: ResponseStore
  /** Where callers reach the gateway, `https://gw.example.com`; by default where the request came in. */
  publicUrl?: string
  /** Keeps what is asked and answered, apart from the rows; without it none of it is kept. */
  bodies?: Bodies
  /** Rows that have arrived, for the admin API. */
  logs: LogStore
  /** Tells the operator of an error that is the gateway's own. Gets no request, prompt or secret. */
  report(error: unknown, logId: string): void
  fetch(request: Request): Promise<Response>
  /** Ms since the epoch. */
  now(): number
  sleep(ms: number): Promise<void>
  /** A unique, time-ordered id. */
  createId(): string
  random(bytes: Uint8Array<ArrayBuffer>): void
  /** Fills `{name}` in upstream URLs, such as the `account` of Workers AI. */
  variables: Readonly<Record<string, string>>
  /** Sends a provider's requests elsewhere (tests, mirrors). */
  rewriteUpstream?(providerId: string, url: URL): URL
  /** Allows upstreams on loopback and private networks. Never set it where callers are strangers. */
  allowPrivateUpstreams: boolean
  /** Most bytes of a JSON request body. */
  maxBodyBytes: number
  /** Opens the control plane; without it the control plane answers 401. */
  adminKey: string | undefined
  /**
   * The e-mail address that Cloudflare Access vouches for, `undefined` where its assertion is not good; without it nobody
   * signs in that way.
   */
  verifyAccess?(assertion: string): Promise<string | undefined>
  /** What the control plane works on. */
  control: ControlPlane
  limits: UpstreamLimits
}

/** Bounds on what a provider, or a caller who has left, can make the gateway do. */
export interface UpstreamLimits {
  /** How long a provider may take to its first byte where the request names no limit, ms. */
  firstByteMs: number
  /** How long a provider may be silent within a stream, ms. */
  idleMs: number
  /** Most bytes of a whole answer that must be read to be translated or billed. */
  answerBytes: number
  /** How long an upstream is read to its usage event after the caller left, ms. 0 cancels it at once. */
  drainMs: number
  /** How much is read then, bytes. */
  drainBytes: number
}

/** What the runtime offers to a request: work that may go on after the response. */
export interface Execution {
  waitUntil(work: Promise<unknown>): void
}
