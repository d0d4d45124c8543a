import { GatewayError } from '@gw/headers'
import { scopeAllows, type Caller } from '@gw/keys'
import type { Leg } from '../plan.ts'

/** What a gateway key is used for. */
export interface Use {
  /** Path of the request. */
  path: string
  /** `undefined` for what belongs to no gateway. */
  gatewayId: string | undefined
}

/** @throws GatewayError `forbidden` where the key is not for the gateway or the endpoint. */
export function checkScopes({ scopes }: Pick<Caller, 'scopes'>, { path, gatewayId }: Use): void {
  if (gatewayId !== undefined && !scopeAllows(scopes, { kind: 'gateways', value: gatewayId }))
    throw forbidden(`the gateway "${gatewayId}"`)
  if (!scopeAllows(scopes, { kind: 'endpoints', value: path })) throw forbidden(`the endpoint ${path}`)
}

/** @throws GatewayError `forbidden` where the key is not for the leg's provider or model. */
export function checkLegScopes({ scopes }: Pick<Caller, 'scopes'>, { provider, model }: Leg): void {
  if (!scopeAllows(scopes, { kind: 'providers', value: provider.id })) throw forbidden(`the provider "${provider.id}"`)
  if (!scopes.models) return
  const names = model === undefined ? [''] : [model, `${provider.id}/${model}`]
  if (names.some((value) => scopeAllows(scopes, { kind: 'models', value }))) return
  throw forbidden(
    model === undefined ? 'calls that name no model' : `the model "${provider.id}/${model.slice(0, 100)}"`,
  )
}

function forbidden(what: string): GatewayError {
  return new GatewayError(
    'forbidden',
    `This gateway key is not for ${what.slice(0, 300)}. Use another key, or widen its scopes.`,
  )
}
