import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import type { PlanOptions } from '../plan/create-plan.ts'
import type { UpstreamSecrets } from './secrets.ts'
import { startScript, type RunningScript } from './start-script.ts'

/** The gateway as `pnpm serve` runs it, its providers, and the folder with its databases. */
export interface Targets {
  gateway: RunningScript
  upstream: RunningScript
  state: string
  /** Stops both, which writes everything to disk. */
  stop(): Promise<void>
  /** Removes the databases. */
  remove(): Promise<void>
}

/** Three attempts at each of three targets at most, and free ones besides. */
const upstreamRequestsEach = 10

/** Starts the providers, and in front of them the gateway with an empty database of its own. */
export async function startTargets({ requests, seed }: PlanOptions, secrets: UpstreamSecrets): Promise<Targets> {
  const state = await mkdtemp(`${tmpdir()}/gw-load-`)
  const remove = (): Promise<void> => rm(state, { recursive: true, force: true })
  const started: RunningScript[] = []
  const start = async (...options: Parameters<typeof startScript>): Promise<RunningScript> => {
    const script = await startScript(...options)
    started.push(script)
    return script
  }
  const stop = async (): Promise<void> => void (await Promise.all(started.map((script) => script.stop())))
  try {
    const upstream = await start({
      path: 'load/targets/serve-upstream.ts',
      args: [String(requests * upstreamRequestsEach), seed],
      env: {},
    })
    const gateway = await start({
      path: 'scripts/serve.ts',
      args: [
        '--port',
        '0',
        '--state',
        state,
        '--admin-key',
        secrets.adminKey,
        '--upstream',
        `*=${upstream.url}/{provider}`,
      ],
      env: environmentOf(secrets),
    })
    return { gateway, upstream, state, stop, remove }
  } catch (error) {
    await stop()
    await remove()
    throw error
  }
}

function environmentOf({ ofOperator }: UpstreamSecrets): Record<string, string> {
  return {
    OPENAI_API_KEY: ofOperator.openai,
    ANTHROPIC_API_KEY: ofOperator.anthropic,
    GEMINI_API_KEY: ofOperator['google-ai-studio'],
    GROQ_API_KEY: ofOperator.groq,
    CLOUDFLARE_API_TOKEN: ofOperator['workers-ai'],
    CLOUDFLARE_ACCOUNT_ID: 'load-account',
  }
}
