import { GatewayError } from '@gw/headers'
import type { Vault } from '@gw/keys'
import type { Deps } from '../deps.ts'

/** What seals provider keys. @throws GatewayError `unavailable` saying how to get one. */
export function requireVault({ control }: Pick<Deps, 'control'>): Vault {
  if (control.vault) return control.vault
  throw new GatewayError(
    'unavailable',
    'This gateway has no master key, so it stores no provider keys. Make one with `openssl rand -base64 32`, set it as ' +
      'GW_MASTER_KEY in the gateway’s environment, and keep a copy in a safe place: without it the stored keys are lost.',
  )
}
