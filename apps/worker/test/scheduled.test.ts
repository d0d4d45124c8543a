import { createDbLogStore } from '@gw/gateway'
import { recordOf } from '@gw/gateway/testing'
import { createScheduledController, env } from 'cloudflare:test'
import { expect, test } from 'vitest'
import { createDb } from '../src/create-db.ts'
import { deleteOldRows } from '../src/delete-old-rows.ts'
import worker from '../src/index.ts'

const db = createDb(env.DB)
const dayMs = 86_400_000
const cron = '*/5 * * * *'

async function begin(): Promise<void> {
  await db.deleteFrom('request_logs').execute()
  await createDbLogStore(db).insert(
    [100, 31, 29, 1].map((days) => recordOf(`d${days}`, Date.now() - days * dayMs, { org_id: 'aged' })),
  )
}

const idsLeft = async (): Promise<string[]> =>
  (await db.selectFrom('request_logs').select('id').orderBy('id').execute()).map(({ id }) => id.split('-').at(-1) ?? '')

test('the cron deletes rows of more than 30 days, and the roll-ups keep them', async () => {
  await begin()
  await worker.scheduled(createScheduledController({ cron }), env)
  expect(await idsLeft()).toEqual(['d29', 'd1'])
  const rolledUp = await db
    .selectFrom('usage_daily')
    .select(({ fn }) => fn.sum<number>('requests').as('requests'))
    .where('org_id', '=', 'aged')
    .executeTakeFirstOrThrow()
  expect(rolledUp.requests).toBe(4)
})

test('another cron does nothing', async () => {
  await begin()
  await worker.scheduled(createScheduledController({ cron: '0 0 * * *' }), env)
  expect(await idsLeft()).toHaveLength(4)
})

test('how long rows are kept is the operator’s to say', async () => {
  await begin()
  expect(await deleteOldRows({ ...env, GW_LOG_RETENTION_DAYS: '0' })).toBe(0)
  expect(await deleteOldRows({ ...env, GW_LOG_RETENTION_DAYS: '90' })).toBe(1)
  expect(await deleteOldRows({ ...env, GW_LOG_RETENTION_DAYS: '10' })).toBe(2)
  await expect(deleteOldRows({ ...env, GW_LOG_RETENTION_DAYS: 'x' })).rejects.toThrow(
    'GW_LOG_RETENTION_DAYS is not valid',
  )
})

test('a job that fails is told of', async () => {
  const broken = { ...env, GW_LOG_RETENTION_DAYS: '-1' }
  await expect(worker.scheduled(createScheduledController({ cron }), broken)).rejects.toThrow('A scheduled job failed')
})
