import { createTurns, type Turns } from '@gw/gateway'
import { DurableObject } from 'cloudflare:workers'
import type { Env } from './env.ts'

/** A row of a Durable Object's database has room for 2 MB. */
const pieceBytes = 1_000_000

/** What a variant has. Longer values come as a stream: one result of a call has room for 32 MiB. */
export type Found =
  | { state: 'kept'; value: Uint8Array | ReadableStream<Uint8Array> }
  | { state: 'lead' | 'wait' | 'late' }

/**
 * The answers of one place of the cache, until their time is over, and the queue of those who want one that is not there
 * yet. Answers are on disk; the queue is in memory and ends with the object: who waits then is told, and who leads finds
 * that it does not any more.
 */
export class CachedAnswer extends DurableObject<Env> {
  readonly #queues = new Map<string, Turns>()

  open(variant: string, turn: string): Found {
    return this.#find(variant) ?? { state: this.#turnsOf(variant).take(turn) ? 'lead' : 'wait' }
  }

  find(variant: string): Uint8Array | ReadableStream<Uint8Array> | null {
    return this.#find(variant)?.value ?? null
  }

  async wait(variant: string, turn: string, waitMs: number): Promise<Found> {
    const kept = this.#find(variant)
    if (kept) return kept
    const end = await this.#turnsOf(variant).wait(turn, waitMs)
    this.#tidy(variant)
    return end === 'kept' ? (this.#find(variant) ?? { state: 'late' }) : { state: end }
  }

  renew(variant: string, turn: string): void {
    this.#queues.get(variant)?.renew(turn)
  }

  /** @returns whether the request still had the lead, and the answer is kept. */
  async keep(
    variant: string,
    { turn, value, ttlMs }: { turn: string; value: Uint8Array; ttlMs: number },
  ): Promise<boolean> {
    const turns = this.#turnsOf(variant)
    if (!turns.holds(turn)) return false
    this.#write(variant, value, Date.now() + ttlMs)
    await this.#wake()
    turns.settle()
    this.#tidy(variant)
    return true
  }

  leave(variant: string, turn: string): void {
    this.#queues.get(variant)?.leave(turn)
    this.#tidy(variant)
  }

  /** @returns whether there were any answers. */
  async remove(): Promise<boolean> {
    const hadSome = this.#hasTables() && this.ctx.storage.sql.exec('SELECT 1 FROM answers LIMIT 1').toArray().length > 0
    await this.ctx.storage.deleteAlarm()
    await this.ctx.storage.deleteAll()
    for (const turns of this.#queues.values()) turns.revoke()
    return hadSome
  }

  /** Forgets answers whose time is over. */
  override async alarm(): Promise<void> {
    if (!this.#hasTables()) return
    const { sql } = this.ctx.storage
    const now = Date.now()
    this.ctx.storage.transactionSync(() => {
      sql.exec('DELETE FROM pieces WHERE variant IN (SELECT variant FROM answers WHERE expires_at <= ?)', now)
      sql.exec('DELETE FROM answers WHERE expires_at <= ?', now)
    })
    await this.#wake()
  }

  /** Sets the alarm for the next answer that goes; an object without any costs nothing. */
  async #wake(): Promise<void> {
    const { at } = this.ctx.storage.sql.exec<{ at: number | null }>('SELECT min(expires_at) AS at FROM answers').one()
    if (at === null) await this.ctx.storage.deleteAll()
    else await this.ctx.storage.setAlarm(at)
  }

  #write(variant: string, value: Uint8Array, expiresAt: number): void {
    const { sql } = this.ctx.storage
    this.ctx.storage.transactionSync(() => {
      sql.exec('CREATE TABLE IF NOT EXISTS answers (variant TEXT PRIMARY KEY, expires_at INTEGER NOT NULL)')
      sql.exec(
        'CREATE TABLE IF NOT EXISTS pieces (variant TEXT, position INTEGER, bytes BLOB NOT NULL, PRIMARY KEY (variant, position))',
      )
      sql.exec('DELETE FROM pieces WHERE variant = ?', variant)
      sql.exec('INSERT OR REPLACE INTO answers VALUES (?, ?)', variant, expiresAt)
      for (let start = 0; start < value.byteLength; start += pieceBytes) {
        sql.exec('INSERT INTO pieces VALUES (?, ?, ?)', variant, start, value.slice(start, start + pieceBytes))
      }
    })
  }

  #find(variant: string): (Found & { state: 'kept' }) | undefined {
    if (!this.#hasTables()) return undefined
    const { sql } = this.ctx.storage
    const kept = sql.exec('SELECT 1 FROM answers WHERE variant = ? AND expires_at > ?', variant, Date.now()).toArray()
    if (kept.length === 0) return undefined
    const pieces = sql
      .exec<{ bytes: ArrayBuffer }>('SELECT bytes FROM pieces WHERE variant = ? ORDER BY position', variant)
      .toArray()
      .map(({ bytes }) => bytes)
    const [first = new ArrayBuffer(0)] = pieces
    return { state: 'kept', value: pieces.length > 1 ? new Blob(pieces).stream() : new Uint8Array(first) }
  }

  #hasTables(): boolean {
    const tables = this.ctx.storage.sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'answers'")
    return tables.toArray().length > 0
  }

  #turnsOf(variant: string): Turns {
    const known = this.#queues.get(variant)
    if (known) return known
    const turns = createTurns({ now: Date.now })
    this.#queues.set(variant, turns)
    return turns
  }

  #tidy(variant: string): void {
    if (this.#queues.get(variant)?.isIdle()) this.#queues.delete(variant)
  }
}
