import { chatApisOf, type Provider } from '@gw/adapters'
import type { KeyCandidate } from '@gw/keys'
import type { Deps } from '../deps.ts'
import { ledgerName } from '../ledger/ledger-name.ts'
import { LedgerUnavailable } from '../ledger/ledger-unavailable.ts'
import { accountOf, neuronCounter } from '../limits/neuron-counter.ts'
import type { Payer } from './purse.ts'

export interface FreeQuestion {
  /** Whose keys are not valid. */
  provider: Provider
  /** What the request itself says of it; the gateway's setting stands in. */
  isWanted?: boolean | undefined
}

/** Whether free Workers AI may stand in for a provider, and why or why not. */
export type FreeJudgement =
  | {
      isPossible: true
      reason: string
      /** Workers AI. */
      provider: Provider
      /** The operator's own token for it. */
      key: KeyCandidate
      /** Thousandths. */
      neuronsLeft: number
    }
  | { isPossible: false; reason: string }

/** Judges the last level of keys, as far as that does not depend on what is asked. */
export async function judgeFree(
  { provider, isWanted }: FreeQuestion,
  payer: Payer,
  deps: Deps,
): Promise<FreeJudgement> {
  if (chatApisOf(provider).length === 0) return no('Free Workers AI serves chat, and this provider has none.')
  const setting = payer.gateway.settings.free_fallback ?? true
  if (!(isWanted ?? setting)) return no('The gateway does not fall back to free Workers AI (`free_fallback`).')
  const workersAI = deps.providers.find('workers-ai')
  if (!workersAI) return no('This gateway has no provider workers-ai.')
  if (provider.id === workersAI.id) return no('The provider is Workers AI itself.')
  const key = await findKey(workersAI, payer, deps)
  if (!key) return no('The operator has no token for Workers AI: set CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID.')
  const neuronsLeft = await readNeuronsLeft(deps)
  if (neuronsLeft === undefined) return no('The free neurons cannot be asked for just now.')
  if (neuronsLeft === 0) return no("The day's free neurons are used; they are back at 00:00 UTC.")
  return {
    isPossible: true,
    reason: 'Chat requests are answered by a free Workers AI model.',
    provider: workersAI,
    key,
    neuronsLeft,
  }
}

const no = (reason: string): FreeJudgement => ({ isPossible: false, reason })

async function findKey(
  { id: providerId, envKeys, envSets = [] }: Provider,
  { caller, account }: Payer,
  { keyResolver }: Deps,
): Promise<KeyCandidate | undefined> {
  const query = { providerId, caller, tierId: account.tier?.id ?? null, envKeys, envSets }
  const candidates = await keyResolver.resolve(query)
  return candidates.find(({ source }) => source === 'environment' || source === 'system' || source === 'system_tier')
}

/** Thousandths; `undefined` where nobody can be asked. */
async function readNeuronsLeft(deps: Deps): Promise<number | undefined> {
  try {
    const [state] = await deps.ledgers.open(ledgerName.neurons(accountOf(deps))).read([neuronCounter(deps, true)])
    return state?.remaining
  } catch (error) {
    if (error instanceof LedgerUnavailable) return undefined
    throw error
  }
}
