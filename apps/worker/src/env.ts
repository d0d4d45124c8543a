import type { LogRecord } from '@gw/gateway'
import type { AlertDesk } from './alert-desk.ts'
import type { CachedAnswer } from './cached-answer.ts'
import type { HealthBoard } from './health-board.ts'
import type { KeptText } from './kept-text.ts'
import type { Ledger } from './ledger.ts'
import type { LogOutbox } from './log-outbox.ts'
import type { StreamRun } from './stream-run.ts'

/** Bindings and variables of the Worker; provider keys are further variables under their usual names. */
export interface Env {
  DB: D1Database
  LOGS: Queue<LogRecord>
  LOG_OUTBOX: DurableObjectNamespace<LogOutbox>
  RUNS: DurableObjectNamespace<StreamRun>
  TEXTS: DurableObjectNamespace<KeptText>
  LEDGERS: DurableObjectNamespace<Ledger>
  ANSWERS: DurableObjectNamespace<CachedAnswer>
  /** Where alike requests are found, for the semantic cache; without it there is none. */
  VECTORIZE?: Vectorize
  HEALTH: DurableObjectNamespace<HealthBoard>
  ALERTS: DurableObjectNamespace<AlertDesk>
  /** Sends mail for alerts; without it they go to webhooks alone. */
  EMAIL?: SendEmail
  /** The sender of that mail, an address that Cloudflare may send from. */
  GW_EMAIL_FROM?: string
  /** Where rows of gateways with `logpush` go, as NDJSON; without it they go nowhere. */
  LOG_BUCKET?: R2Bucket
  /** Names of OpenTelemetry's conventions for GenAI: `latest` (default), or `1.36` for `gen_ai.system` and the like. */
  GW_OTEL_SEMCONV?: string
  /** Keeps what is asked and answered beside the rows; without it none of it is kept. */
  BODIES?: R2Bucket
  /** The files of `public/`. */
  ASSETS: Fetcher
  /** `https://{team}.cloudflareaccess.com`, where Cloudflare Access stands in front of the dashboard. */
  GW_ACCESS_TEAM_URL?: string
  /** The audience tag of that Access application. */
  GW_ACCESS_AUDIENCE?: string
  /** Opens the control plane. */
  GW_ADMIN_KEY?: string
  /**
   * Seals stored provider keys and kept answers: 32 bytes in base64. Without it no keys can be stored or used, and answers
   * are kept as they are.
   */
  GW_MASTER_KEY?: string
  /** Earlier master keys, separated by commas, until every stored key is wrapped anew. */
  GW_MASTER_KEY_PREVIOUS?: string
  /** `1` allows upstreams on loopback and private networks. */
  GW_ALLOW_PRIVATE_UPSTREAMS?: string
  /** JSON object of provider id (or `*`) to the URL that replaces its origin; `{provider}` stands for the id. */
  GW_UPSTREAMS?: string
  /** JSON array of `{ id, baseURL, keyless?, aliases?, pricedAs? }`: OpenAI-compatible providers of your own. */
  GW_PROVIDERS?: string
  /** Where callers reach the gateway, `https://gw.example.com`; by default where a request came in. */
  GW_PUBLIC_URL?: string
  /** Free neurons of Workers AI that may be used a day. Default 10000, what Cloudflare gives. */
  GW_NEURONS_PER_DAY?: string
  /** Days that rows of requests are kept; 0 keeps them. Roll-ups stay. Default 30. */
  GW_LOG_RETENTION_DAYS?: string
  /** How long a streamed run can be resumed after its end, s. Default 360. */
  GW_RUN_TTL_SECONDS?: string
  /** How long a response is kept for `previous_response_id`, s. Default 2592000, 30 days. */
  GW_RESPONSE_TTL_SECONDS?: string
  /** Account for Workers AI's REST API. */
  CLOUDFLARE_ACCOUNT_ID?: string
  /** Project for Vertex AI, where the secret does not say it. */
  GOOGLE_VERTEX_PROJECT?: string
  /** The same under the name that Google's own SDKs read. */
  GOOGLE_CLOUD_PROJECT?: string
  /** Location for Vertex AI, such as `europe-west4`. Default `global`. */
  GOOGLE_VERTEX_LOCATION?: string
  GOOGLE_CLOUD_LOCATION?: string
  /** Region for Amazon Bedrock, where the secret does not say it. Default `us-east-1`. */
  AWS_REGION?: string
  /** The same under the other name that Amazon's own SDKs read. */
  AWS_DEFAULT_REGION?: string
}
