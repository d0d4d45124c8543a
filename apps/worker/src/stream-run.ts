import { createTape, type LogRecord, type RunOwner, type Tape } from '@gw/gateway'
import { DurableObject } from 'cloudflare:workers'
import type { Env } from './env.ts'
import { gatewayInRun } from './gateway-of.ts'
import { readRunTtlMs } from './read-config.ts'
import { recordLog } from './record-log.ts'
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
 * once, whoever reads along. What it has is kept until some minutes after the end. While it runs, a draft of its log row
 * is kept too, and becomes the row if the object is lost.
 */
export class StreamRun extends DurableObject<Env> {
  /** Set while this object itself records. */
  #tape: Tape | undefined
  /** The log row of a running run, as it would be if it broke off now. */
  #draft: (() => LogRecord) | undefined

  /** Answers the request. A stream is recorded, and the answer is the recording from its start. */
  async start({ id, orgId, gatewayId }: RunOwner & { id: string }, request: Request): Promise<Response> {
    // The caller's signal stays behind: a run goes on when the caller leaves.
    const detached = new Request(request.url, { method: request.method, headers: request.headers, body: request.body })
    const gateway = gatewayInRun(this.env, { keepDraft: (draft) => void (this.#draft = draft) })
    const answer = await gateway.fetch(detached, this.env, {
      waitUntil: (work) => this.ctx.waitUntil(work),
      passThroughOnException: () => undefined,
      props: {},
    })
    const isStream = answer.ok && answer.headers.get('content-type')?.startsWith('text/event-stream')
    if (!isStream || answer.body === null) return answer

    this.#save({ orgId, gatewayId, state: 'running', expires_at: null })
    this.#saveDraft()
    await this.ctx.storage.setAlarm(Date.now() + heartbeatMs)
    this.#tape = createTape({ store: createSqlTapeStore(this.ctx.storage.sql) })
    this.ctx.waitUntil(this.#record(answer.body, this.#tape))
    const headers = new Headers(answer.headers)
    headers.set('cf-aig-run-id', id)
    return new Response(readable(this.#tape, 0), { status: answer.status, headers })
  }

  /** The events after the first `from`; `null` when the run is over and forgotten, or somebody else's. */
  async resume(owner: RunOwner, from: number): Promise<ReadableStream<Uint8Array> | null> {
    const facts = this.#load()
    return facts && isOwner(owner, facts) ? readable(this.#tape ?? this.#reopened(facts), from) : null
  }

  /** Settles a run whose caller could not be answered. @returns the id of its row; `null` when it has none. */
  async abandon(owner: RunOwner): Promise<string | null> {
    const facts = this.#load()
    if (!facts || !isOwner(owner, facts)) return null
    const draft = this.ctx.storage.kv.get<LogRecord>('draft')
    if (facts.state === 'running' && !this.#tape) await this.#settleLost()
    return draft?.id ?? null
  }

  /** Keeps a running run awake, settles one that was lost, and forgets one that has expired. */
  override async alarm(): Promise<void> {
    const facts = this.#load()
    if (!facts) return
    if (facts.state === 'running' && this.#tape) {
      this.#saveDraft()
      return this.ctx.storage.setAlarm(Date.now() + heartbeatMs)
    }
    if (facts.state === 'running') return this.#settleLost()
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

  /** The object that made the request is gone, and its upstream with it: what the draft says is what is known. */
  async #settleLost(): Promise<void> {
    const draft = this.ctx.storage.kv.get<LogRecord>('draft')
    if (draft) await recordLog(draft, this.env)
    await this.#finish('broken')
  }

  #saveDraft(): void {
    if (this.#draft) this.ctx.storage.kv.put('draft', this.#draft())
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

const isOwner = (owner: RunOwner, { orgId, gatewayId }: Facts): boolean =>
  owner.orgId === orgId && owner.gatewayId === gatewayId

/** A reading of the tape in the runtime's own stream, which takes an error over RPC without a word in the log. */
function readable(tape: Tape, from: number): ReadableStream<Uint8Array> {
  const { readable: reading, writable } = new IdentityTransformStream()
  void tape
    .read(from)
    .pipeTo(writable)
    .catch(() => undefined)
  return reading
}
