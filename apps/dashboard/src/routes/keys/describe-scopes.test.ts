import { expect, test } from 'vitest'
import { describeScopes, parsePatterns } from './describe-scopes.ts'

test('scopes are told one kind after the other; without any a key may do everything', () => {
  expect(describeScopes({})).toBe('everything')
  expect(describeScopes({ models: ['openai/*', 'auto'], gateways: ['prod'] })).toBe(
    'models openai/*, auto; gateways prod',
  )
  expect(describeScopes({ providers: [] })).toBe('providers none')
})

test('patterns are separated by commas or white space, and an empty field restricts nothing', () => {
  expect(parsePatterns(' openai/*,  auto\nanthropic/* ')).toEqual(['openai/*', 'auto', 'anthropic/*'])
  expect(parsePatterns('  ')).toBe(undefined)
})
