import { expect, test } from 'vitest'
import { toBars } from './to-bars.ts'

const attempt = (number: number, started_at: number, duration_ms: number) => ({
  attempt: number,
  step: 0,
  provider: 'openai',
  model: 'm',
  status_code: 200,
  error_type: null,
  error_code: null,
  key_source: null,
  provider_key_id: null,
  usage: {},
  usage_source: 'reported' as const,
  cost_nano_usd: 0,
  started_at,
  duration_ms,
})

test('attempts lie where they were in the time of the request', () => {
  const bars = toBars({
    created_at: 1000,
    duration_ms: 400,
    ttft_ms: 300,
    attempts: [attempt(1, 1000, 100), attempt(2, 1200, 200)],
  })
  expect(
    bars.map(({ startPercent, widthPercent, firstPercent }) => [startPercent, widthPercent, firstPercent]),
  ).toEqual([
    [0, 25, undefined],
    [50, 50, 75],
  ])
})

test('an attempt that outlasts the row stretches it', () => {
  const [bar] = toBars({ created_at: 0, duration_ms: 0, ttft_ms: null, attempts: [attempt(1, 0, 80)] })
  expect(bar?.widthPercent).toBe(100)
})
