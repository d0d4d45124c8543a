import type { LogRecord } from '@gw/gateway'
import type { LogOutbox } from './log-outbox.ts'
import type { StreamRun } from './stream-run.ts'

/** Bindings and variables of the Worker; provider keys are further variables under their usual names. */
export interface Env {
  DB: D1Database
  LOGS: Queue<LogRecord>
  LOG_OUTBOX: DurableObjectNamespace<LogOutbox>
  RUNS: DurableObjectNamespace<StreamRun>
  /** The files of `public/`. */
  ASSETS: Fetcher
  /** Opens the control plane. */
  GW_ADMIN_KEY?: string
  /** `1` allows upstreams on loopback and private networks. */
  GW_ALLOW_PRIVATE_UPSTREAMS?: string
  /** JSON object of provider id (or `*`) to the URL that replaces its origin; `{provider}` stands for the id. */
  GW_UPSTREAMS?: string
  /** JSON array of `{ id, baseURL, keyless?, aliases?, pricedAs? }`: OpenAI-compatible providers of your own. */
  GW_PROVIDERS?: string
  /** Where callers reach the gateway, `https://gw.example.com`; by default where a request came in. */
  GW_PUBLIC_URL?: string
  /** How long a streamed run can be resumed after its end, s. Default 360. */
  GW_RUN_TTL_SECONDS?: string
  /** Account for Workers AI's REST API. */
  CLOUDFLARE_ACCOUNT_ID?: string
}
