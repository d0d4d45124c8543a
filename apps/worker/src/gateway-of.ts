import { createGateway, type Deps } from '@gw/gateway'
import { createDeps } from './create-deps.ts'
import type { Env } from './env.ts'

type Gateway = ReturnType<typeof createGateway>

const gateways = new WeakMap<Env, Gateway>()
const runDeps = new WeakMap<Env, Deps>()

/** The gateway that answers callers: one for each set of bindings, made on the isolate's first request. */
export function gatewayOf(env: Env): Gateway {
  const known = gateways.get(env)
  if (known) return known
  const made = createGateway(createDeps(env))
  gateways.set(env, made)
  return made
}

/** A gateway for one run, within which no further run is started; the run keeps the draft of its row. */
export function gatewayInRun(env: Env, { keepDraft }: Required<Pick<Deps, 'keepDraft'>>): Gateway {
  const deps = runDeps.get(env) ?? createRunDeps(env)
  runDeps.set(env, deps)
  return createGateway({ ...deps, keepDraft })
}

function createRunDeps(env: Env): Deps {
  const { runs: _, ...deps } = createDeps(env)
  return deps
}
