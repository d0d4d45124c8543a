import { Agent } from 'node:http'
import type { Caller, Prepared } from '../cast/set-up-cast.ts'
import type { PlannedRequest } from '../plan/plan.ts'
import { writeRequest } from '../plan/write-request.ts'
import { send, type Got } from './send.ts'

/** A request that was sent, and what became of it for its client. */
export interface Sent {
  planned: PlannedRequest
  caller: Caller
  /** Ms since the epoch. */
  at: number
  got: Omit<Got, 'text'> & { bytes: number }
  /** Secrets that its client saw. */
  leaked: readonly string[]
}

export interface ClientOptions {
  url: string
  plan: readonly PlannedRequest[]
  prepared: Prepared
  /** Requests at once. */
  concurrency: number
  /** No request is sent after this, ms since the epoch. */
  until: number
  /** Secrets that no client may see. */
  findSecrets(text: string): string[]
  /** Hears of each tenth of the plan. */
  onProgress(sent: number): void
}

/** Sends the plan in its order, so many at once, until it or the time has ended. */
export async function runClients(options: ClientOptions): Promise<Sent[]> {
  const { plan, concurrency, until, onProgress } = options
  const tenth = Math.ceil(plan.length / 10)
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency })
  const sent: Sent[] = []
  let next = 0
  const run = async (): Promise<void> => {
    for (let planned = plan[next++]; planned && Date.now() < until; planned = plan[next++]) {
      sent.push(await sendOne(planned, agent, options))
      if (sent.length % tenth === 0) onProgress(sent.length)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, run))
  agent.destroy()
  return sent
}

async function sendOne(
  planned: PlannedRequest,
  agent: Agent,
  { url, prepared, findSecrets }: ClientOptions,
): Promise<Sent> {
  const caller = prepared.callers.get(planned.caller)
  if (!caller) throw new Error(`The caller ${planned.caller} has not been made.`)
  const { path, headers, body, keyHeader } = writeRequest(planned, caller.role.gateway)
  const at = Date.now()
  const call = { url: new URL(path, url), headers: { ...headers, ...keyIn(keyHeader, caller) }, body }
  const { text, ...got } = await send({ ...call, leave: planned.leave }, agent)
  const leaked = findSecrets(text + JSON.stringify(got.headers))
  return { planned, caller, at, got: { ...got, bytes: text.length }, leaked }
}

function keyIn(header: string, { key }: Caller): Record<string, string> {
  if (key === undefined) return {}
  return { [header]: header.endsWith('authorization') ? `Bearer ${key}` : key }
}
