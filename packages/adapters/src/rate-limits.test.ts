import { expect, test } from 'vitest'
import { readRateLimits, type RateLimits } from './rate-limits.ts'

const now = Date.parse('2026-11-21T10:00:00Z')

test.each<[string, Record<string, string>, RateLimits]>([
  [
    'OpenAI',
    {
      'x-ratelimit-limit-requests': '500',
      'x-ratelimit-remaining-requests': '499',
      'x-ratelimit-reset-requests': '120ms',
      'x-ratelimit-limit-tokens': '30000',
      'x-ratelimit-remaining-tokens': '29000',
      'x-ratelimit-reset-tokens': '6m0s',
    },
    {
      requests: { limit: 500, remaining: 499, resetMs: 120 },
      tokens: { limit: 30_000, remaining: 29_000, resetMs: 360_000 },
    },
  ],
  [
    'Groq',
    { 'x-ratelimit-remaining-tokens': '5', 'x-ratelimit-reset-tokens': '17.399s' },
    { tokens: { remaining: 5, resetMs: 17_399 } },
  ],
  [
    'Anthropic',
    {
      'anthropic-ratelimit-requests-limit': '50',
      'anthropic-ratelimit-requests-remaining': '49',
      'anthropic-ratelimit-requests-reset': '2026-11-21T10:00:30Z',
    },
    { requests: { limit: 50, remaining: 49, resetMs: 30_000 } },
  ],
  [
    'xAI',
    { 'x-ratelimit-limit-requests': '60', 'x-ratelimit-remaining-requests': '59' },
    { requests: { limit: 60, remaining: 59 } },
  ],
  [
    'OpenRouter',
    { 'x-ratelimit-limit': '1', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now + 5000) },
    { requests: { limit: 1, remaining: 0, resetMs: 5000 } },
  ],
  ['Replicate', { 'ratelimit-remaining': '3', 'ratelimit-reset': '7' }, { requests: { remaining: 3, resetMs: 7000 } }],
  [
    'Mistral, by the window with the least left',
    {
      'x-ratelimit-limit-req-minute': '60',
      'x-ratelimit-remaining-req-minute': '59',
      'x-ratelimit-limit-tokens-minute': '500000',
      'x-ratelimit-remaining-tokens-minute': '499000',
      'x-ratelimit-limit-tokens-month': '1000000000',
      'x-ratelimit-remaining-tokens-month': '12',
    },
    { requests: { limit: 60, remaining: 59 }, tokens: { limit: 1_000_000_000, remaining: 12 } },
  ],
  [
    'Cerebras',
    {
      'x-ratelimit-limit-requests-day': '14400',
      'x-ratelimit-remaining-requests-day': '14399',
      'x-ratelimit-reset-requests-day': '3600.5',
      'x-ratelimit-limit-tokens-minute': '60000',
      'x-ratelimit-remaining-tokens-minute': '59990',
      'x-ratelimit-reset-tokens-minute': '2',
    },
    {
      requests: { limit: 14_400, remaining: 14_399, resetMs: 3_600_500 },
      tokens: { limit: 60_000, remaining: 59_990, resetMs: 2000 },
    },
  ],
  [
    'Anthropic, by kind of token',
    {
      'anthropic-ratelimit-tokens-remaining': '90000',
      'anthropic-ratelimit-input-tokens-remaining': '80000',
      'anthropic-ratelimit-output-tokens-limit': '16000',
      'anthropic-ratelimit-output-tokens-remaining': '8000',
    },
    { tokens: { limit: 16_000, remaining: 8000 } },
  ],
  [
    'Cohere',
    {
      'x-trial-endpoint-call-limit': '40',
      'x-trial-endpoint-call-remaining': '39',
      'x-endpoint-monthly-call-limit': '1000',
    },
    { requests: { limit: 40, remaining: 39 } },
  ],
  ['long waits', { 'x-ratelimit-reset-requests': '1d2h3m4s5ms' }, { requests: { resetMs: 93_784_005 } }],
  ['a moment that is over', { 'x-ratelimit-reset-requests': '2026-11-21T09:00:00Z' }, { requests: { resetMs: 0 } }],
  ['nonsense', { 'x-ratelimit-limit-requests': 'many', 'x-ratelimit-reset-tokens': 'soon' }, {}],
  ['no limits', {}, {}],
])('reads the limits of %s', (_, headers, expected) => {
  expect(readRateLimits(new Headers(headers), now)).toEqual(expected)
})
