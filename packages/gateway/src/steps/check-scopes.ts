import { GatewayError } from '@gw/headers'
import { scopeAllows, type Caller, type KeyScopes } from '@gw/keys'
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

/** What a key may be for, or not. */
interface NamedTarget {
  provider: Pick<Leg['provider'], 'id'>
  model: string | undefined
}

/** @throws GatewayError `forbidden` where the key is not for the leg's provider or model. */
export function checkLegScopes({ scopes }: Pick<Caller, 'scopes'>, { provider, model }: NamedTarget): void {
  if (!allowsProvider(scopes, provider.id)) throw forbidden(`the provider "${provider.id}"`)
  if (allowsModel(scopes, { provider, model })) return
  throw forbidden(
    model === undefined ? 'calls that name no model' : `the model "${provider.id}/${model.slice(0, 100)}"`,
  )
}

/** Whether the key is for the provider and the model. */
export function isInScope({ scopes }: Pick<Caller, 'scopes'>, target: NamedTarget): boolean {
  return allowsProvider(scopes, target.provider.id) && allowsModel(scopes, target)
}

const allowsProvider = (scopes: KeyScopes, value: string): boolean => scopeAllows(scopes, { kind: 'providers', value })

function allowsModel(scopes: KeyScopes, { provider, model }: NamedTarget): boolean {
  if (!scopes.models) return true
  const names = model === undefined ? [''] : [model, `${provider.id}/${model}`]
  return names.some((value) => scopeAllows(scopes, { kind: 'models', value }))
}

function forbidden(what: string): GatewayError {
  return new GatewayError(
    'forbidden',
    `This gateway key is not for ${what.slice(0, 300)}. Use another key, or widen its scopes.`,
  )
}
