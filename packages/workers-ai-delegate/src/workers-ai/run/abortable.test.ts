import { expect, test } from 'vitest'
import { abortable } from './abortable.ts'

const unheard: unknown[] = []

/** Lets everything run that is ready to, and the runtime complain. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}

test('an aborted signal wins, and the failure of the work is nobody’s', async () => {
  const listen = (reason: unknown): unknown => unheard.push(reason)
  process.on('unhandledRejection', listen)
  const late = Promise.reject(new Error('connection lost'))
  await expect(abortable(late, AbortSignal.abort('enough'))).rejects.toBe('enough')
  await settled()
  process.off('unhandledRejection', listen)
  expect(unheard).toEqual([])
})

test('the work wins while nobody aborts', async () => {
  const abort = new AbortController()
  expect(await abortable(Promise.resolve(1), abort.signal)).toBe(1)
  expect(await abortable(Promise.resolve(2), undefined)).toBe(2)
})
