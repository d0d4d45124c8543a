import { expect, test } from 'vitest'
import { createBodyTap } from './create-body-tap.ts'
import { createRelay } from './relay.ts'

const limits = { firstByteMs: 1000, idleMs: 1000, answerBytes: 1000, drainMs: 1000, drainBytes: 1000 }

/** A relay over an upstream of five bytes, and how many of them were read. */
function start() {
  let read = 0
  const upstream = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        if (read === 5) return controller.close()
        read += 1
        controller.enqueue(Uint8Array.of(read))
      },
    },
    { highWaterMark: 0 },
  )
  const caller = new AbortController()
  const relay = createRelay({
    upstream,
    tap: createBodyTap({ isText: false }),
    limits,
    now: Date.now,
    report: () => undefined,
    callerSignal: caller.signal,
  })
  return { relay, caller, read: () => read }
}

test('who observes gets all, also of a caller who reads nothing, and what was held before', async () => {
  const { relay } = start()
  await relay.prime({ until: 'byte', timeoutMs: undefined })
  const seen: number[] = []
  await relay.observe((bytes) => seen.push(...bytes) > 0)
  expect(seen).toEqual([1, 2, 3, 4, 5])
  expect(await relay.done).toMatchObject({ ending: 'complete', isWhole: true })
  expect([...new Uint8Array(await new Response(relay.body).arrayBuffer())]).toEqual([1, 2, 3, 4, 5])
})

test('who wants no more stops reading ahead', async () => {
  const { relay, read } = start()
  const seen: number[] = []
  await relay.observe((bytes) => seen.push(...bytes) < 2)
  expect([seen, read()]).toEqual([[1, 2], 2])
  expect((await new Response(relay.body).arrayBuffer()).byteLength).toBe(5)
})

test('what is read after the caller left is seen too, and the body was read whole', async () => {
  const { relay, caller } = start()
  const seen: number[] = []
  const ahead = relay.observe((bytes) => seen.push(...bytes) > 0)
  caller.abort()
  await ahead
  expect(await relay.done).toMatchObject({ ending: 'client_gone', isWhole: true })
  expect(seen).toEqual([1, 2, 3, 4, 5])
})

test('who comes after the caller has left is too late', async () => {
  const { relay, caller } = start()
  caller.abort()
  expect(relay.observe(() => true)).toBe(undefined)
  expect(await relay.done).toMatchObject({ ending: 'client_gone' })
})
