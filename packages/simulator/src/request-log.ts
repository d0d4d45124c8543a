/** What arrived, for tests to look at. Headers are kept whole, credentials included. */
export interface RequestRecord {
  id: number
  atMs: number
  provider: string
  /** The wire format, or the kind of other route. */
  format: string
  method: string
  path: string
  search: string
  headers: Record<string, string>
  /** Parsed JSON, else text; undefined for no body or a binary one. */
  body: unknown
  bodyBytes: number
  /** The model without its fault parts. */
  model: string
  faults: string[]
  status: number
  /** `open` until the last byte is out. */
  ending: 'open' | 'complete' | 'aborted' | 'cut'
  /** The client left before the answer was complete. */
  aborted: boolean
}

/** A bounded list: beyond `limit`, the oldest record goes. */
export function createRequestLog(limit: number) {
  const records: RequestRecord[] = []
  let nextId = 1
  return {
    records,
    add(fields: Omit<RequestRecord, 'id'>): RequestRecord {
      const record = { id: nextId++, ...fields }
      records.push(record)
      if (records.length > limit) records.shift()
      return record
    },
    clear(): void {
      records.length = 0
    },
  }
}
