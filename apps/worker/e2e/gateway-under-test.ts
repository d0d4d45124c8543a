import type { LogRecord } from '@gw/gateway'
import { inject, vi } from 'vitest'
import type { RequestRecord } from '../../../packages/simulator/src/request-log.ts'

export const gatewayUrl = inject('gatewayUrl')
export const gatewayKey = inject('gatewayKey')
export const adminKey = inject('adminKey')
export const simulatorUrl = inject('simulatorUrl')

// Most of a test is waiting for its row, so many can wait together.
vi.setConfig({ maxConcurrency: 20 })

let count = 0

/** A word that no other request of any test contains, not even inside another word. */
export function uniqueWord(): string {
  count += 1
  return `w${process.pid}x${count}w`
}

export interface PostOptions {
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** A POST of a JSON body with the gateway key. */
export function post(path: string, body: unknown, init: PostOptions = {}): Promise<Response> {
  return fetch(`${gatewayUrl}${path}`, {
    ...init,
    method: 'POST',
    headers: { 'cf-aig-authorization': `Bearer ${gatewayKey}`, 'content-type': 'application/json', ...init.headers },
    body: JSON.stringify(body),
  })
}

export interface Logs {
  url: string
  key: string
}

interface LogPage {
  data: LogRecord[]
  next_cursor: string | null
}

function logPage({ url, key }: Logs, query: string): Promise<LogPage> {
  return getJson(`${url}/api/logs?${query}`, { authorization: `Bearer ${key}` })
}

const after = (cursor: string): string => (cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`)

/** Every row that the gateway has, newest first. */
export async function allRows(logs: Logs = { url: gatewayUrl, key: adminKey }): Promise<LogRecord[]> {
  const rows: LogRecord[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await logPage(logs, `limit=1000${after(cursor)}`)
    rows.push(...page.data)
    cursor = page.next_cursor
  }
  return rows
}

/** The row of a request, once it has arrived. */
export function rowOf(logId: string | null): Promise<LogRecord> {
  if (logId === null) throw new Error('The answer has no cf-aig-log-id.')
  return poll(() => getJson(`${gatewayUrl}/api/logs/${logId}`, { authorization: `Bearer ${adminKey}` }))
}

/** A test's own rows are no older than this when it looks for them, ms. */
const oldestMs = 90_000

/** The rows that a test can name by a mark in the request's metadata, once there are as many; newest first. */
export function rowsMarked(mark: string, count = 1): Promise<LogRecord[]> {
  return poll(async () => {
    const rows: LogRecord[] = []
    const since = Date.now() - oldestMs
    for (let cursor: string | null = ''; cursor !== null && rows.length < count;) {
      const page = await logPage({ url: gatewayUrl, key: adminKey }, `limit=500${after(cursor)}`)
      rows.push(...page.data.filter(({ metadata }) => metadata['mark'] === mark))
      cursor = (page.data.at(-1)?.created_at ?? 0) > since ? page.next_cursor : null
    }
    if (rows.length < count) throw new Error(`${rows.length} rows are marked ${mark}, not ${count}.`)
    return rows
  })
}

/** What arrived at the providers with this word in it, oldest first. */
export async function upstreamRequests(word: string): Promise<RequestRecord[]> {
  const records: RequestRecord[] = await getJson(`${simulatorUrl}/__requests`)
  return records.filter(({ body }) => JSON.stringify(body ?? '').includes(word))
}

/** Tries again until it does not throw. */
export function poll<T>(look: () => Promise<T> | T, timeout = 10_000): Promise<T> {
  return vi.waitFor(look, { timeout, interval: 200 })
}

async function getJson<T>(url: string, headers: Record<string, string> = {}): Promise<T> {
  const response = await fetch(url, { headers })
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
  return JSON.parse(await response.text())
}
