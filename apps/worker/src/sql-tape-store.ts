import type { TapePiece, TapeStore } from '@gw/gateway'

/** Type, not interface: rows must be records for the storage API. */
type Row = { start: number; events: number; after_newline: number; bytes: ArrayBuffer }

/** A tape in a Durable Object's own database. */
export function createSqlTapeStore(sql: SqlStorage): TapeStore {
  sql.exec(
    'CREATE TABLE IF NOT EXISTS pieces (start INTEGER PRIMARY KEY, events INTEGER NOT NULL, after_newline INTEGER NOT NULL, bytes BLOB NOT NULL)',
  )
  const last = (where: string, value: number): TapePiece | undefined => {
    const [row] = sql.exec<Row>(`SELECT * FROM pieces WHERE ${where} ORDER BY start DESC LIMIT 1`, value).toArray()
    return row && toPiece(row)
  }
  return {
    append: ({ start, before, bytes }) =>
      void sql.exec(
        'INSERT INTO pieces VALUES (?, ?, ?, ?)',
        start,
        before.events,
        Number(before.afterNewline),
        bytes.buffer,
      ),
    at: (offset) => {
      const piece = last('start <= ?', offset)
      return piece && offset < piece.start + piece.bytes.byteLength ? piece : undefined
    },
    lastBefore: (events) => last('events < ?', events),
  }
}

function toPiece({ start, events, after_newline, bytes }: Row): TapePiece {
  return { start, before: { events, afterNewline: after_newline === 1 }, bytes: new Uint8Array(bytes) }
}
