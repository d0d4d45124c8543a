import type { TestRunner } from '@gw/keys/testing'
import type { AlertEvent, AlertEventStore } from './alert-event.ts'

/** The contract of every `AlertEventStore`. `create` returns an empty store. */
export function testAlertEventStore(create: () => Promise<AlertEventStore>, { test, expect }: TestRunner): void {
  const event: AlertEvent = {
    orgId: 'acme',
    kind: 'unknown_price',
    subject: 'openai/x',
    message: 'Who knows?',
    at: 7_200_000,
  }

  test("lists the organisation's events, newest first, as many as asked for", async () => {
    const store = await create()
    await store.add(event)
    await store.add({ ...event, subject: 'openai/y', at: event.at + 5 })
    await store.add({ ...event, orgId: 'other' })
    await store.add({ ...event, orgId: null })
    expect(await store.list('acme', 10)).toEqual([{ ...event, subject: 'openai/y', at: event.at + 5 }, event])
    expect((await store.list('acme', 1)).length).toBe(1)
    expect(await store.list(null, 10)).toEqual([{ ...event, orgId: null }])
  })

  test('keeps what is said twice within an hour once, and says it again in the next', async () => {
    const store = await create()
    await store.add(event)
    await store.add({ ...event, at: event.at + 3_599_999 })
    expect((await store.list('acme', 10)).map(({ at }) => at)).toEqual([event.at])
    await store.add({ ...event, at: event.at + 3_600_000 })
    expect((await store.list('acme', 10)).length).toBe(2)
  })

  test('lists what came since a time, and forgets what is older than another', async () => {
    const store = await create()
    for (const at of [1, 2, 3]) await store.add({ ...event, subject: `s${at}`, at })
    expect((await store.listSince('acme', 2)).map(({ at }) => at)).toEqual([3, 2])
    expect(await store.listSince(null, 0)).toEqual([])
    await store.prune(3)
    expect((await store.listSince('acme', 0)).map(({ at }) => at)).toEqual([3])
  })
}
