import { describe, expect, test } from 'vitest'
import { errorTypes, type ErrorType } from '../error-type.ts'
import type { HealthVerdict } from '../health/health-verdict.ts'
import type { Candidate } from '../strategies/candidate.ts'
import type { FallbackRule } from './fallback-rule.ts'
import { mayFollow } from './may-follow.ts'
import { parseFallbackRules } from './parse-fallback-rules.ts'
import { selectFallback } from './select-fallback.ts'

describe('selectFallback', () => {
  const rules: FallbackRule[] = [
    { models: ['openai/*'], on: ['context_length'], to: ['google-ai-studio/gemini-2.5-pro'] },
    { models: ['openai', '*/claude-*'], on: ['auth', 'quota_exceeded'], to: 'stop' },
    { to: ['workers-ai/llama'] },
    { to: ['never/reached'] },
  ]
  test.each([
    ['openai/gpt-5', 'context_length', ['google-ai-studio/gemini-2.5-pro']],
    ['openai/gpt-5', 'auth', 'stop'],
    ['aws-bedrock/claude-opus', 'quota_exceeded', 'stop'],
    ['mistral/large', 'auth', ['workers-ai/llama']],
    ['openai/gpt-5', 'invalid_request', undefined],
  ] as const)('after %s with %s: %o', (id, type, expected) => {
    expect(selectFallback(rules, { id, type })).toEqual(expected)
  })

  test('takes a bad request only where a rule names it', () => {
    const failed = { id: 'a/m', type: 'invalid_request' } as const
    expect(selectFallback([{ on: ['invalid_request'], to: ['b/m'] }], failed)).toEqual(['b/m'])
    expect(selectFallback([], failed)).toBeUndefined()
  })
})

describe('parseFallbackRules', () => {
  test('takes rules as they are', () => {
    const rules = [{ models: ['*/gpt-*'], on: ['timeout'], to: ['a/m'] }, { to: 'stop' }]
    expect(parseFallbackRules(rules)).toEqual({ ok: true, value: rules })
    expect(parseFallbackRules([])).toEqual({ ok: true, value: [] })
  })

  test.each([
    [{}, '', 'must be a list of rules'],
    [['a/m'], '[0]', 'must be an object'],
    [[{ to: 'stop' }, {}], '[1].to', 'is missing: a list of models, or "stop"'],
    [[{ to: 'a/m' }], '[0].to', 'must be a list of models, or "stop"'],
    [[{ to: [] }], '[0].to', 'must be a list with at least one string'],
    [[{ to: ['a/m', ''] }], '[0].to[1]', 'must be a string, and not empty'],
    [[{ on: ['oops'], to: 'stop' }], '[0].on[0]', `must be one of ${errorTypes.join(', ')}`],
    [[{ models: 'a', to: 'stop' }], '[0].models', 'must be a list with at least one string'],
    [[{ when: 1, to: 'stop' }], '[0].when', 'is not known; known are models, on, to'],
  ])('says what is wrong with %j', (value, path, message) => {
    expect(parseFallbackRules(value)).toEqual({ ok: false, mistakes: [{ path, message }] })
  })
})

describe('mayFollow', () => {
  const candidate = (id: string, change: Partial<Candidate> = {}): Candidate => {
    const [provider = '', model = ''] = id.split('/')
    return { provider, model, capabilities: ['chat'], ...change }
  }
  const reasonOf = (type: ErrorType, failed: Candidate, next: Candidate) => {
    const following = mayFollow({ candidate: failed, type }, next)
    return following.ok ? undefined : following.reason
  }
  const one = candidate('a/m', { contextWindow: 8000 })

  test.each(['rate_limit', 'quota_exceeded', 'auth', 'model_not_found', 'timeout', 'upstream_error'] as const)(
    'after %s another provider or another model',
    (type) => {
      expect(reasonOf(type, one, candidate('a/m'))).toBe('same_target')
      expect(reasonOf(type, one, candidate('a/n'))).toBeUndefined()
      expect(reasonOf(type, one, candidate('b/m'))).toBeUndefined()
    },
  )

  test('after context_length only a longer context window', () => {
    expect(reasonOf('context_length', one, candidate('b/m', { contextWindow: 8001 }))).toBeUndefined()
    expect(reasonOf('context_length', one, candidate('b/m', { contextWindow: 8000 }))).toBe('context')
    expect(reasonOf('context_length', one, candidate('b/m'))).toBe('context')
    expect(reasonOf('context_length', candidate('a/m'), candidate('b/m', { contextWindow: 1 }))).toBeUndefined()
    expect(reasonOf('context_length', one, one)).toBe('same_target')
  })

  test('after content_filter only another vendor, wherever its model runs', () => {
    expect(reasonOf('content_filter', one, candidate('a/n'))).toBe('same_vendor')
    expect(reasonOf('content_filter', one, candidate('b/n'))).toBeUndefined()
    expect(reasonOf('content_filter', one, candidate('b/m', { vendor: 'a' }))).toBe('same_vendor')
  })

  test('after invalid_request nothing', () => {
    expect(reasonOf('invalid_request', one, candidate('b/m'))).toBe('stop')
  })

  test('never one that rests or is clearly less reliable', () => {
    const at = (uptime: number, status: HealthVerdict['status'] = 'degraded') => ({
      health: { status, uptime, samples: 0 },
    })
    const failed = candidate('a/m', at(0.62))
    expect(reasonOf('timeout', failed, candidate('b/m', at(1, 'resting')))).toBe('resting')
    expect(reasonOf('timeout', failed, candidate('b/m', at(0.36)))).toBe('unhealthier')
    expect(reasonOf('timeout', failed, candidate('b/m', at(0.38)))).toBeUndefined()
    expect(reasonOf('timeout', candidate('a/m'), candidate('b/m', at(0.3)))).toBeUndefined()
    expect(reasonOf('timeout', failed, candidate('b/m'))).toBeUndefined()
  })
})
