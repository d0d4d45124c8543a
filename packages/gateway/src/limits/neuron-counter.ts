import type { Deps } from '../deps.ts'
import type { Counter } from '../ledger/ledger.ts'

/** The free neurons of the account that the gateway itself calls Workers AI with, in thousandths. */
export function neuronCounter({ neuronsPerDay }: Pick<Deps, 'neuronsPerDay'>, isHard: boolean): Counter {
  return { id: 'neurons', limit: neuronsPerDay * 1000, window: { kind: 'day' }, isHard }
}

/** The Cloudflare account that the gateway itself calls Workers AI with. */
export const accountOf = ({ variables }: Pick<Deps, 'variables'>): string => variables['account'] ?? ''
