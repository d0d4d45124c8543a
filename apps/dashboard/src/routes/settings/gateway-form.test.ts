import { expect, test } from 'vitest'
import { toForm, toSettings } from './gateway-form.ts'

test('what is not set shows as it is by default', () => {
  expect(toForm({})).toMatchObject({ collect_logs: true, free_fallback: true, cache_ttl: '', on_client_gone: 'drain' })
  expect(toForm({ cache_ttl: 0, collect_logs: false })).toMatchObject({ cache_ttl: '', collect_logs: false })
})

test('what the form does not show stays as it is', () => {
  const before = { routing: { strategy: 'quality' }, cache_ttl: 60, retry_max_attempts: 3 } as const
  const form = { ...toForm(before), cache_ttl: '', rate_limiting_limit: '50', rate_limiting_interval: '60' }
  expect(toSettings(before, form)).toEqual({
    routing: { strategy: 'quality' },
    collect_logs: true,
    collect_log_payload: true,
    cache_ttl: null,
    rate_limiting_limit: 50,
    rate_limiting_interval: 60,
    retry_max_attempts: 3,
    free_fallback: true,
    on_client_gone: 'drain',
    on_stream_error: 'error',
    neurons_past_limit: 'paid',
  })
  expect(toSettings(before, { ...form, retry_max_attempts: '' })).not.toHaveProperty('retry_max_attempts')
})
