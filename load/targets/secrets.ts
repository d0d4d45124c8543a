import { randomBytes } from 'node:crypto'
import type { ProviderId } from '../plan/models.ts'

/** What must never be seen where it does not belong. */
export interface UpstreamSecrets {
  adminKey: string
  /** The operator's key of each provider. */
  ofOperator: Readonly<Record<ProviderId, string>>
  /** Keys that an organisation has stored for itself. */
  ofOrg: readonly { org: string; provider: ProviderId; secret: string }[]
}

const make = (name: string): string => `load-${name}-${randomBytes(18).toString('hex')}`

/** Secrets that are in nothing else of the run. */
export function createSecrets(): UpstreamSecrets {
  return {
    adminKey: make('admin'),
    ofOperator: {
      openai: make('operator-openai'),
      anthropic: make('operator-anthropic'),
      'google-ai-studio': make('operator-google'),
      groq: make('operator-groq'),
      'workers-ai': make('operator-workers-ai'),
    },
    ofOrg: [{ org: 'load-pay', provider: 'anthropic', secret: make('pay-anthropic') }],
  }
}
