import type { Inbound } from '../surfaces/surface.ts'
import { isStrategy } from './is-routed.ts'
import type { Routable } from './routable.ts'

/** What of a request bears on the choice of its target, beside what it says; `undefined` where the choice is the answer. */
export function routingIdentity(
  { model, constraints }: Pick<Routable, 'model' | 'constraints'>,
  { options }: Pick<Inbound, 'options'>,
): string | undefined {
  if (options.explain) return undefined
  if (!isStrategy(model)) return ''
  return JSON.stringify([
    constraints,
    options.constraints,
    options.allowedModels,
    options.allowedProviders,
    options.zdr,
  ])
}
