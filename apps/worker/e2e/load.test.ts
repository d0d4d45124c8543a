import { expect, test } from 'vitest'
import { startScript } from './start-script.ts'

test('under load, with faults and clients that leave, everything adds up', async () => {
  const load = startScript('load/run.ts', [
    '--requests',
    '300',
    '--concurrency',
    '60',
    '--seed',
    'test-8',
    '--minutes',
    '1',
  ])
  const code = await load.ended
  expect(load.output()).toContain('all of it adds up')
  expect(code).toBe(0)
}, 120_000)
