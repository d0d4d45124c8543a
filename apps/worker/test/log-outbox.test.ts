import type { LogRecord } from '@gw/gateway'
import { env, runDurableObjectAlarm } from 'cloudflare:test'
import { expect, test, vi } from 'vitest'
import { recordLog } from '../src/record-log.ts'
import { startGateway } from './start-gateway.ts'

test('rows of a queue outage wait on disk and arrive when it is over', async () => {
  const down = { send: () => Promise.reject(new Error('queue down')) }
  const kept: LogRecord[] = []
  const gateway = await startGateway(() => ({
    recordLog: async (record) => {
      kept.push(record)
      await recordLog(record, { LOGS: { ...env.LOGS, ...down }, LOG_OUTBOX: env.LOG_OUTBOX })
    },
  }))
  const response = await gateway.post(
    '/v1/chat/completions',
    { model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'hi' }] },
    { authorization: 'Bearer sk-caller' },
  )
  await response.text()
  await vi.waitFor(() => expect(kept).toHaveLength(1))
  expect(await gateway.rows()).toEqual([])

  const [record] = kept
  const name = `${record?.org_id}:${Math.floor((record?.created_at ?? 0) / 60_000)}`
  await runDurableObjectAlarm(env.LOG_OUTBOX.get(env.LOG_OUTBOX.idFromName(name)))
  expect((await gateway.rowOf(response)).id).toBe(response.headers.get('cf-aig-log-id'))
})
