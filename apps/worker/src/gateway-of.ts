import { createGateway } from '@gw/gateway'
import { createDeps } from './create-deps.ts'
import type { Env } from './env.ts'

type Gateway = ReturnType<typeof createGateway>

const gateways = new WeakMap<Env, Gateway>()
const gatewaysInRuns = new WeakMap<Env, Gateway>()

/** The gateway that answers callers: one for each set of bindings, made on the isolate's first request. */
export function gatewayOf(env: Env): Gateway {
  const known = gateways.get(env)
  if (known) return known
  const made = createGateway(createDeps(env))
  gateways.set(env, made)
  return made
}

/** The same gateway within a run, where no further run is started. */
export function gatewayInRun(env: Env): Gateway {
  const known = gatewaysInRuns.get(env)
  if (known) return known
  const { runs: _, ...deps } = createDeps(env)
  const made = createGateway(deps)
  gatewaysInRuns.set(env, made)
  return made
}
