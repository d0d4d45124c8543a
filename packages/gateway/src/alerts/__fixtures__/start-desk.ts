import { Secret } from '@gw/keys'
import { vaultOf } from '../../admin/__fixtures__/start-admin.ts'
import { recordOf } from '../../analytics/record-of.ts'
import { createIdFactory } from '../../create-id-factory.ts'
import { createMemoryServices } from '../../create-memory-services.ts'
import type { LogRecord } from '../../logs/log-record.ts'
import type { AlertChannel, ChannelSettings } from '../alert-channel.ts'
import { createAlertDesk, type AlertDeskDeps } from '../create-alert-desk.ts'
import { createMemoryAlertStores } from '../create-memory-alert-stores.ts'
import { channelPurpose } from '../send-to-channel.ts'

/** 2026-11-18 11:06:40 UTC. */
export const start = 1_795_000_000_000

export interface Received {
  url: string
  headers: Headers
  body: string
}

/** A desk in memory with a clock that can be set, and a receiver that answers as it is told. */
export function startDesk(change: Partial<AlertDeskDeps> = {}) {
  const clock = { now: start }
  const now = (): number => clock.now
  const random = (bytes: Uint8Array<ArrayBuffer>): void => void crypto.getRandomValues(bytes)
  const rows: LogRecord[] = []
  const received: Received[] = []
  const reports: unknown[] = []
  const answers: Response[] = []
  const services = createMemoryServices({ now })
  const { budgets, alertEvents: events } = services.control
  const stores = createMemoryAlertStores(() => rows)
  const vault = vaultOf(1)
  const desk = createAlertDesk({
    stores,
    events,
    budgets,
    vault,
    ledgers: services.ledgers,
    health: services.health,
    neuronsPerDay: 10_000,
    variables: { account: 'acc' },
    now,
    createId: createIdFactory(now, random),
    report: (error) => void reports.push(error),
    allowPrivateUpstreams: false,
    fetch: async (request) => {
      received.push({ url: request.url, headers: request.headers, body: await request.text() })
      return answers.shift() ?? new Response(null, { status: 204 })
    },
    ...change,
  })
  const createId = createIdFactory(now, random)
  const addChannel = async (settings: ChannelSettings, about: Partial<AlertChannel> = {}): Promise<AlertChannel> => {
    const owner = { id: createId(), orgId: 'acme' as string | null, name: 'Ops', isEnabled: true, ...about }
    const channel = { ...owner, settings, createdAt: clock.now, updatedAt: clock.now }
    await stores.channels.save(channel)
    const { id, orgId } = channel
    const secret = new Secret(
      JSON.stringify({ url: `https://hooks.example.com/${channel.name}`, signing_secret: 'shh' }),
    )
    const sealed = await vault.seal(secret, { orgId, providerId: channelPurpose, recordId: id })
    await stores.secrets.put({ id, orgId, purpose: channelPurpose, sealed })
    return channel
  }
  return {
    desk,
    stores,
    events,
    budgets,
    services,
    clock,
    rows,
    received,
    reports,
    /** What the receiver answers next; 204 where nothing is left. */
    answers,
    addChannel,
    /** A request that cost so many dollars, now. */
    spend: (usd: number, row: Partial<LogRecord> = {}): void =>
      void rows.push(recordOf(createId(), clock.now, { cost_nano_usd: Math.round(usd * 1e9), ...row })),
    /** Titles of the messages that arrived at Slack. */
    titles: (): string[] => received.map(({ body }) => /"text":"([^"]*)"/.exec(body)?.[1] ?? body),
  }
}

export const slack: ChannelSettings = { kind: 'webhook', format: 'slack', urlPreview: 'https://hooks.example.com/…' }
export const json: ChannelSettings = { kind: 'webhook', format: 'json', urlPreview: 'https://hooks.example.com/…' }
