import { settledMemoryMs, type Cell, type Hold, type LastGrant, type LedgerState } from '@gw/gateway'

/** Types, not interfaces: rows must be records for the storage API. */
type CellRow = { spent: number; held: number; keep_until: number | null }
type HoldRow = { id: string; amount: number; cells: string; is_lapsed: number; until: number }
type LeaseRow = { turn: number; granted: number; at: number; cells: string; keep_until: number }
type TimeRow = { at: number | null }

/** Without row ids, as each index is a further row to write. Only what has lapsed, which is rare, has one. */
const schema = `
  CREATE TABLE IF NOT EXISTS cells (key TEXT PRIMARY KEY, spent INTEGER NOT NULL, held INTEGER NOT NULL, keep_until INTEGER) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS holds (id TEXT PRIMARY KEY, amount INTEGER NOT NULL, cells TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS lapsed_holds (id TEXT PRIMARY KEY, amount INTEGER NOT NULL, cells TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS lapsed_holds_until ON lapsed_holds (until);
  CREATE TABLE IF NOT EXISTS settled (generation INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY (generation, id)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS leases (id TEXT PRIMARY KEY, turn INTEGER NOT NULL, granted INTEGER NOT NULL, at INTEGER NOT NULL, cells TEXT NOT NULL, keep_until INTEGER NOT NULL) WITHOUT ROWID;
`

/** A ledger's memory in a Durable Object's own database. */
export function createSqlLedgerState(sql: SqlStorage): LedgerState {
  sql.exec(schema)
  /** No hold that is alive ends before; 0: not known. */
  let earliest = 0
  return {
    ...cellsIn(sql),
    ...settledIn(sql),
    ...leasesIn(sql),
    hold: (id) => {
      const [row] = sql
        .exec<HoldRow>(
          'SELECT *, 0 AS is_lapsed FROM holds WHERE id = ?1 UNION ALL SELECT *, 1 FROM lapsed_holds WHERE id = ?1',
          id,
        )
        .toArray()
      return row && toHold(row)
    },
    putHold: (id, { amount, cells, isLapsed, until }) => {
      const [to, from] = isLapsed ? ['lapsed_holds', 'holds'] : ['holds', 'lapsed_holds']
      sql.exec(`DELETE FROM ${from} WHERE id = ?`, id)
      sql.exec(`INSERT OR REPLACE INTO ${to} VALUES (?, ?, ?, ?)`, id, amount, JSON.stringify(cells), until)
      if (!isLapsed) earliest = Math.min(earliest, until)
    },
    removeHold: (id) => {
      const { rowsWritten } = sql.exec('DELETE FROM holds WHERE id = ?', id)
      if (rowsWritten === 0) sql.exec('DELETE FROM lapsed_holds WHERE id = ?', id)
    },
    overdue: (now) => {
      if (now < earliest) return []
      earliest = sql.exec<TimeRow>('SELECT MIN(until) AS at FROM holds WHERE until > ?', now).one().at ?? Infinity
      const rows = sql.exec<HoldRow>('SELECT *, 0 AS is_lapsed FROM holds WHERE until <= ?', now).toArray()
      return rows.map((row) => [row.id, toHold(row)] as const)
    },
    clean: (now, most) => {
      forget(sql, now, most)
      const { at: nextAt } = sql.exec<TimeRow>(nextQuery, settledMemoryMs).one()
      return { nextAt, isEmpty: nextAt === null && sql.exec('SELECT 1 FROM cells LIMIT 1').toArray().length === 0 }
    },
  }
}

function cellsIn(sql: SqlStorage): Pick<LedgerState, 'cell' | 'putCell'> {
  return {
    cell: (key): Cell | undefined => {
      const [row] = sql.exec<CellRow>('SELECT spent, held, keep_until FROM cells WHERE key = ?', key).toArray()
      return row && { spent: row.spent, held: row.held, keepUntil: row.keep_until }
    },
    putCell: (key, { spent, held, keepUntil }) =>
      void sql.exec('INSERT OR REPLACE INTO cells VALUES (?, ?, ?, ?)', key, spent, held, keepUntil),
  }
}

/** Ids in generations, each as long as they are remembered at least: a generation goes when the next but one begins. */
function settledIn(sql: SqlStorage): Pick<LedgerState, 'isSettled' | 'markSettled'> {
  return {
    isSettled: (id, now) =>
      sql.exec('SELECT 1 FROM settled WHERE generation IN (?1, ?1 - 1) AND id = ?2', generationOf(now), id).toArray()
        .length > 0,
    markSettled: (id, now) => void sql.exec('INSERT OR IGNORE INTO settled VALUES (?, ?)', generationOf(now), id),
  }
}

function leasesIn(sql: SqlStorage): Pick<LedgerState, 'lease' | 'putLease'> {
  return {
    lease: (id): LastGrant | undefined => {
      const [row] = sql.exec<LeaseRow>('SELECT * FROM leases WHERE id = ?', id).toArray()
      if (!row) return undefined
      const { turn, granted, at, cells, keep_until } = row
      return { turn, granted, at, cells: JSON.parse(cells), keepUntil: keep_until }
    },
    putLease: (id, { turn, granted, at, cells, keepUntil }) =>
      void sql.exec(
        'INSERT OR REPLACE INTO leases VALUES (?, ?, ?, ?, ?, ?)',
        id,
        turn,
        granted,
        at,
        JSON.stringify(cells),
        keepUntil,
      ),
  }
}

const generationOf = (now: number): number => Math.floor(now / settledMemoryMs)

const toHold = ({ amount, cells, is_lapsed, until }: HoldRow): Hold => ({
  amount,
  cells: JSON.parse(cells),
  isLapsed: is_lapsed === 1,
  until,
})

function forget(sql: SqlStorage, now: number, most: number): void {
  sql.exec('DELETE FROM cells WHERE key IN (SELECT key FROM cells WHERE keep_until <= ? LIMIT ?)', now, most)
  sql.exec('DELETE FROM leases WHERE id IN (SELECT id FROM leases WHERE keep_until <= ? LIMIT ?)', now, most)
  sql.exec('DELETE FROM lapsed_holds WHERE id IN (SELECT id FROM lapsed_holds WHERE until <= ? LIMIT ?)', now, most)
  sql.exec(
    'DELETE FROM settled WHERE (generation, id) IN (SELECT generation, id FROM settled WHERE generation < ? LIMIT ?)',
    generationOf(now) - 1,
    most,
  )
}

const nextQuery = `
  SELECT MIN(at) AS at FROM (
    SELECT MIN(keep_until) AS at FROM cells UNION ALL
    SELECT MIN(keep_until) FROM leases UNION ALL
    SELECT MIN(until) FROM holds UNION ALL
    SELECT MIN(until) FROM lapsed_holds UNION ALL
    SELECT (MIN(generation) + 2) * ? FROM settled
  )
`
