import type { Metadata } from '@gw/headers'
import type { ResumeExpiredPolicy } from '@gw/adapters/resumable-stream'
import type { GatewayOptions } from '../ai-binding.ts'

/** How a call reaches the provider: as a run of the catalogue, or as an entry of a universal request. */
export type Transport = 'run' | 'gateway'

/** Which models answer when the first does not, and who sees to that. */
export interface FallbackOptions {
  /** `client`: one request after the other, each by its own transport. `server`: one request, and the gateway chooses. */
  mode: 'client' | 'server'
  /** Slugs, in order. */
  models: string[]
  /** Extra headers of single models by their slug, such as their own secret. */
  extraHeaders?: Record<string, Record<string, string>>
}

/** What is known once the gateway has answered. */
export interface DispatchInfo {
  transport: Transport
  resumeEnabled: boolean
  warnings: string[]
  /** `cf-aig-run-id`: under it the stream can be resumed. */
  runId: string | null
  status: number | null
  /** `cf-aig-step`: index of the model that answered. */
  cfStep: string | null
  cacheStatus: string | null
  logId: string | null
}

/** Options of one delegated model. */
export interface DelegateCallOptions {
  /** Resume a stream that breaks off. Default: the delegate's, else `true`. */
  resume?: boolean
  fallback?: FallbackOptions
  /** Seconds to keep the answer; 0 for no caching. Takes the gateway path. */
  cacheTtl?: number
  /** Answer from the provider although a cached answer exists. Takes the gateway path. */
  skipCache?: boolean
  /** Default: the run path where the provider and the options allow it. */
  transport?: Transport
  /** Default: the delegate's, else `'error'`. */
  onResumeExpired?: ResumeExpiredPolicy
  /** Attempts in a row to resume a stream. Default: 5. */
  maxReconnects?: number
  /** Headers of the request. A secret among them goes to the provider that takes it there, and to no other. */
  extraHeaders?: Record<string, string>
  /** Send the provider's secret along, from `extraHeaders`. Takes the gateway path. */
  byok?: boolean
  /** Which of the provider's stored secrets the gateway uses. */
  byokAlias?: string
  /** Only providers with zero data retention, or not only those. */
  zdr?: boolean
  /** In place of the delegate's gateway. */
  gateway?: GatewayOptions | string
  /** Entries for the log row; win over those of `gateway`. */
  metadata?: Metadata
  /** Keep a log row. */
  collectLog?: boolean
  /** Called with each answer of the gateway, before it is read. */
  onDispatch?: (info: DispatchInfo) => void
  /** Called with the number of events of a resumable stream that have been read. */
  onProgress?: (eventOffset: number) => void
}
