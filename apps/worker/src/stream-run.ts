import { createTape, type RunOwner, type Tape } from '@gw/gateway'
import { DurableObject } from 'cloudflare:workers'
import type { Env } from './env.ts'
import { gatewayInRun } from './gateway-of.ts'
import { readRunTtlMs } from './read-config.ts'
import { createSqlTapeStore } from './sql-tape-store.ts'

/** How often a running run says that it is alive; an object without events is put to sleep after about a minute. */
const heartbeatMs = 20_000

/** What one run keeps; the upstream is let go past it. */
const mostBytes = 64 * 1024 * 1024

/** Type, not interface: rows must be records for the storage API. */
type Facts = {
  orgId: string
  gatewayId: string
  state: 'running' | 'complete' | 'broken'
  expires_at: number | null
}

/**
 * One streamed answer, apart from its caller: the object makes the request itself, records the answer, and settles it
 * once, whoever reads along. What it has is kept until some minutes after the end.
 */
export class StreamRun extends DurableObject<Env> {
  /** Set while this object itself records. */
  #tape: Tape | undefined

  /** Answers the request. A stream is recorded, and the answer is the recording from its start. */
  async start({ id, orgId, gatewayId }: RunOwner & { id: string }, request: Request): Promise<Response> {
    // The caller's signal stays behind: a run goes on when the caller leaves.
    const detached = new Request(request.url, { method: request.method, headers: request.headers, body: request.body })
    const answer = await gatewayInRun(this.env).fetch(detached, this.env, {
      waitUntil: (work) => this.ctx.waitUntil(work),
      passThroughOnException: () => undefined,
      props: {},
    })
    const isStream = answer.ok && answer.headers.get('content-type')?.startsWith('text/event-stream')
    if (!isStream || answer.body === null) return answer

    this.#save({ orgId, gatewayId, state: 'running', expires_at: null })
    await this.ctx.storage.setAlarm(Date.now() + heartbeatMs)
    this.#tape = createTape({ store: createSqlTapeStore(this.ctx.storage.sql) })
    this.ctx.waitUntil(this.#record(answer.body, this.#tape))
    const headers = new Headers(answer.headers)
    headers.set('cf-aig-run-id', id)
    return new Response(this.#tape.read(0), { status: answer.status, headers })
  }

  /** The events after the first `from`; `null` when the run is over and forgotten, or somebody else's. */
  async resume({ orgId, gatewayId }: RunOwner, from: number): Promise<ReadableStream<Uint8Array> | null> {
    const facts = this.#load()
    if (!facts || facts.orgId !== orgId || facts.gatewayId !== gatewayId) return null
    return (this.#tape ?? this.#reopened(facts)).read(from)
  }

  /** Keeps a running run awake, and forgets one that has expired. */
  override async alarm(): Promise<void> {
    const facts = this.#load()
    if (!facts) return
    if (facts.state === 'running' && this.#tape) return this.ctx.storage.setAlarm(Date.now() + heartbeatMs)
    if (facts.state === 'running') return this.#finish('broken')
    if (facts.expires_at !== null && facts.expires_at > Date.now()) return this.ctx.storage.setAlarm(facts.expires_at)
    this.#tape = undefined
    await this.ctx.storage.deleteAll()
  }

  async #record(body: ReadableStream<Uint8Array>, tape: Tape): Promise<void> {
    const reader = body.getReader()
    try {
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        tape.write(read.value)
        if (tape.size() > mostBytes) throw new Error(`The run is larger than ${mostBytes} bytes.`)
      }
      tape.end()
      await this.#finish('complete')
    } catch (cause) {
      tape.end(new Error('The run broke off.', { cause }))
      await Promise.allSettled([reader.cancel(cause), this.#finish('broken')])
    }
  }

  async #finish(state: 'complete' | 'broken'): Promise<void> {
    const facts = this.#load()
    if (!facts) return
    const expiresAt = Date.now() + readRunTtlMs(this.env)
    this.#save({ ...facts, state, expires_at: expiresAt })
    await this.ctx.storage.setAlarm(expiresAt)
  }

  /** The tape of an object that was put to sleep. One that was running then has lost its upstream. */
  #reopened({ state }: Facts): Tape {
    const ended = state === 'complete' ? state : new Error('The run broke off.')
    return createTape({ store: createSqlTapeStore(this.ctx.storage.sql), ended })
  }

  #save({ orgId, gatewayId, state, expires_at }: Facts): void {
    const { sql } = this.ctx.storage
    sql.exec(
      'CREATE TABLE IF NOT EXISTS facts (id INTEGER PRIMARY KEY, org_id TEXT, gateway_id TEXT, state TEXT, expires_at INTEGER)',
    )
    sql.exec('INSERT OR REPLACE INTO facts VALUES (1, ?, ?, ?, ?)', orgId, gatewayId, state, expires_at)
  }

  #load(): Facts | undefined {
    const { sql } = this.ctx.storage
    const [table] = sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'facts'").toArray()
    if (!table) return undefined
    return sql.exec<Facts>('SELECT org_id AS orgId, gateway_id AS gatewayId, state, expires_at FROM facts').toArray()[0]
  }
}
