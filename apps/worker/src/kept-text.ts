import { DurableObject } from 'cloudflare:workers'
import type { Env } from './env.ts'

/** A row of a Durable Object's database has room for 2 MB. */
const pieceBytes = 1_000_000

/**
 * One text that is kept for a time, and then forgotten without anyone's doing. It comes and goes as a stream: one argument
 * of a call has room for 32 MiB.
 */
export class KeptText extends DurableObject<Env> {
  /** Replaces the text by the stream's, once all of it is here. */
  async put(text: ReadableStream<Uint8Array>, ttlMs: number): Promise<void> {
    const { sql } = this.ctx.storage
    const bytes = await new Response(text).bytes()
    this.ctx.storage.transactionSync(() => {
      sql.exec('CREATE TABLE IF NOT EXISTS pieces (position INTEGER PRIMARY KEY, bytes BLOB NOT NULL)')
      sql.exec('DELETE FROM pieces')
      for (let start = 0; start < bytes.length; start += pieceBytes) {
        sql.exec('INSERT INTO pieces VALUES (?, ?)', start, bytes.slice(start, start + pieceBytes))
      }
    })
    await this.ctx.storage.setAlarm(Date.now() + ttlMs)
  }

  async get(): Promise<ReadableStream<Uint8Array> | null> {
    if (!this.#isKept()) return null
    const { sql } = this.ctx.storage
    const pieces = sql.exec<{ bytes: ArrayBuffer }>('SELECT bytes FROM pieces ORDER BY position').toArray()
    return new Blob(pieces.map(({ bytes }) => bytes)).stream()
  }

  /** @returns whether there was one. */
  async remove(): Promise<boolean> {
    const isKept = this.#isKept()
    await this.ctx.storage.deleteAlarm()
    await this.ctx.storage.deleteAll()
    return isKept
  }

  override async alarm(): Promise<void> {
    await this.ctx.storage.deleteAll()
  }

  #isKept(): boolean {
    const tables = this.ctx.storage.sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'pieces'")
    return tables.toArray().length > 0
  }
}
