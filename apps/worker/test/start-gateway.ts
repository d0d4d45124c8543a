import { createGateway, type Deps, type LogRecord } from '@gw/gateway'
import { createGatewayKey, createGatewayKeySecret } from '@gw/keys'
import { createSimulator } from '@gw/simulator'
import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test'
import { vi } from 'vitest'
import { createDeps } from '../src/create-deps.ts'

async function addKey({ keys }: Deps): Promise<{ key: string; id: string }> {
  const key = createGatewayKeySecret((bytes) => void crypto.getRandomValues(bytes))
  const id = crypto.randomUUID()
  await keys.add(await createGatewayKey({ id, orgId: 'default', secret: key, name: 'test' }))
  return { key, id }
}

/** A gateway with the Worker's own dependencies, whose upstreams are all played by one simulator. */
export async function startGateway(change: (deps: Deps) => Partial<Deps> = () => ({})) {
  const simulator = createSimulator({ now: () => Date.now() })
  const answers: string[] = []
  const base: Deps = {
    ...createDeps(env),
    fetch: async (request) => {
      const response = await simulator.fetch(request)
      if (response.headers.get('content-type')?.includes('json')) answers.push(await response.clone().text())
      return response
    },
    sleep: async (ms) => void waits.push(ms),
  }
  const waits: number[] = []
  const deps = { ...base, ...change(base) }
  const app = createGateway(deps)
  const { key, id } = await addKey(deps)

  const send = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const execution = createExecutionContext()
    const response = await app.fetch(new Request(`https://gw.test${path}`, init), env, execution)
    void waitOnExecutionContext(execution)
    return response
  }

  return {
    key,
    keyId: id,
    deps,
    simulator,
    /** JSON bodies that the simulator answered. */
    answers,
    /** How long the gateway would have waited before retries, ms. */
    waits,
    send,
    /** A POST with a JSON body and the gateway key. */
    post: (path: string, body: unknown, headers: Record<string, string> = {}) =>
      send(path, {
        method: 'POST',
        headers: { 'cf-aig-authorization': `Bearer ${key}`, 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    /** The row of an answer, once it has come through queue and consumer into D1. */
    rowOf: (response: Response): Promise<LogRecord> =>
      vi.waitFor(
        async () => {
          const row = await deps.logs.find('default', response.headers.get('cf-aig-log-id') ?? '')
          if (!row) throw new Error('The row has not arrived.')
          return row
        },
        { timeout: 5000, interval: 50 },
      ),
    /** All rows of this gateway's key. */
    rows: async (): Promise<LogRecord[]> => {
      const { data } = await deps.logs.list({ orgId: 'default', limit: 1000 })
      return data.filter(({ gateway_key_id }) => gateway_key_id === id)
    },
  }
}

/** What `OPENAI_API_KEY` and the like would hold; the simulator takes any well-formed key. */
export const secrets: Record<string, string> = { authorization: 'Bearer sk-caller' }
