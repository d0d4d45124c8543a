import type { LogRecord } from '@gw/gateway'
import { createStores } from './create-stores.ts'
import type { Env } from './env.ts'

/**
 * Puts rows of gateways that want it into the bucket, an object for each organisation and hour of a batch. A batch that
 * arrives again has the same names, so that no row is there twice because of it.
 */
export async function pushLogs(records: readonly LogRecord[], { LOG_BUCKET, DB }: Env): Promise<void> {
  if (!LOG_BUCKET) return
  const { gateways } = createStores(DB, () => Date.now())
  const wanted = new Map<string, Promise<boolean>>()
  const isWanted = ({ org_id: orgId, gateway_id: gatewayId }: LogRecord): Promise<boolean> => {
    const key = JSON.stringify([orgId, gatewayId])
    const asked =
      wanted.get(key) ?? gateways.find(orgId, gatewayId).then((gateway) => gateway?.settings.logpush === true)
    wanted.set(key, asked)
    return asked
  }
  const objects = new Map<string, LogRecord[]>()
  for (const { trace: _, ...record } of records) {
    if (!(await isWanted(record))) continue
    const place = placeOf(record)
    objects.set(place, [...(objects.get(place) ?? []), record])
  }
  await Promise.all(
    [...objects].map(async ([place, rows]) =>
      LOG_BUCKET.put(`${place}/${await batchIdOf(rows)}.ndjson.gz`, await gzip(toLines(rows)), {
        httpMetadata: { contentType: 'application/x-ndjson', contentEncoding: 'gzip' },
      }),
    ),
  )
}

/** `logs/{org}/{yyyy}/{mm}/{dd}/{hh}`, UTC. */
function placeOf({ org_id, created_at }: LogRecord): string {
  const [date = '', time = ''] = new Date(created_at).toISOString().split('T')
  return ['logs', encodeURIComponent(org_id), ...date.split('-'), time.slice(0, 2)].join('/')
}

const toLines = (rows: readonly LogRecord[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

/** The same for the same rows, in whichever order they come. */
async function batchIdOf(rows: readonly LogRecord[]): Promise<string> {
  const ids = rows.map(({ id }) => id).toSorted()
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(ids.join('\n')))
  return Array.from(new Uint8Array(digest, 0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A bucket wants to know the length. */
async function gzip(text: string): Promise<ArrayBuffer> {
  return new Response(new Response(text).body?.pipeThrough(new CompressionStream('gzip'))).arrayBuffer()
}
