import { expect, test } from 'vitest'
import { emptyTrial, readTrial } from './trial.ts'

test('only what is entered is sent', () => {
  expect(readTrial({ ...emptyTrial, metadata: '' })).toEqual({ ok: true, trial: { failing: [] } })
  const full = {
    metadata: '{"plan":"pro"}',
    headers: '{"x-a":"b"}',
    body: '{"n":1}',
    plan: ' team ',
    stickyKey: 'u1',
    failing: ['large'],
  }
  expect(readTrial(full)).toEqual({
    ok: true,
    trial: {
      metadata: { plan: 'pro' },
      headers: { 'x-a': 'b' },
      body: { n: 1 },
      plan: 'team',
      sticky_key: 'u1',
      failing: ['large'],
    },
  })
})

test('says which field is no JSON of its kind', () => {
  expect(readTrial({ ...emptyTrial, metadata: '[1' })).toEqual({
    ok: false,
    mistake: 'metadata: must be JSON, such as {"plan": "pro"}.',
  })
  expect(readTrial({ ...emptyTrial, headers: '{"x":1}' })).toMatchObject({ ok: false })
})
