import { describe, expect, test } from 'vitest'
import { startGateway } from './start-gateway.ts'

const own = { authorization: 'Bearer sk-caller' }
const headers: Record<string, Record<string, string>> = {
  openai: own,
  anthropic: { 'x-api-key': 'sk-ant-caller' },
}
const ask = (model: string, stream: boolean) => ({
  model,
  stream,
  max_tokens: 100,
  messages: [{ role: 'user', content: 'hello there' }],
})

interface Ending {
  fault: string
  stream: boolean
  status: number
  ending: string
  errorType: string | null
  source: string
}

/** What each fault of a lone target looks like to the caller and in the row. */
const endings: Ending[] = [
  {
    fault: 'refuse',
    stream: false,
    status: 502,
    ending: 'upstream_error',
    errorType: 'upstream_error',
    source: 'free_failed',
  },
  {
    fault: 'status:429:7',
    stream: false,
    status: 429,
    ending: 'upstream_error',
    errorType: 'rate_limit',
    source: 'free_failed',
  },
  {
    fault: 'status:429',
    stream: true,
    status: 429,
    ending: 'upstream_error',
    errorType: 'rate_limit',
    source: 'free_failed',
  },
  {
    fault: 'status:500',
    stream: false,
    status: 500,
    ending: 'upstream_error',
    errorType: 'upstream_error',
    source: 'free_failed',
  },
  {
    fault: 'status:503',
    stream: true,
    status: 503,
    ending: 'upstream_error',
    errorType: 'upstream_error',
    source: 'free_failed',
  },
  {
    fault: 'html-502',
    stream: false,
    status: 502,
    ending: 'upstream_error',
    errorType: 'upstream_error',
    source: 'free_failed',
  },
  {
    fault: 'context-length',
    stream: true,
    status: 400,
    ending: 'upstream_error',
    errorType: 'context_length',
    source: 'free_failed',
  },
  {
    fault: 'model-not-found',
    stream: false,
    status: 404,
    ending: 'upstream_error',
    errorType: 'model_not_found',
    source: 'free_failed',
  },
  {
    fault: 'quota',
    stream: false,
    status: 429,
    ending: 'upstream_error',
    errorType: 'quota_exceeded',
    source: 'free_failed',
  },
  { fault: 'bad-auth', stream: false, status: 401, ending: 'upstream_error', errorType: 'auth', source: 'free_failed' },
  {
    fault: 'error-frame',
    stream: true,
    status: 200,
    ending: 'upstream_error',
    errorType: 'upstream_error',
    source: 'free_failed',
  },
  { fault: 'cut:3', stream: true, status: 200, ending: 'truncated', errorType: 'upstream_error', source: 'estimated' },
  {
    fault: 'no-terminal',
    stream: true,
    status: 200,
    ending: 'truncated',
    errorType: 'upstream_error',
    source: 'estimated',
  },
  { fault: 'no-usage', stream: true, status: 200, ending: 'complete', errorType: null, source: 'estimated' },
  { fault: 'zero-usage', stream: false, status: 200, ending: 'complete', errorType: null, source: 'estimated' },
  { fault: 'split:1', stream: true, status: 200, ending: 'complete', errorType: null, source: 'reported' },
  { fault: 'crlf', stream: true, status: 200, ending: 'complete', errorType: null, source: 'reported' },
]

/** Type and provider of an error body; `undefined` for a body that is none. */
function errorOf(text: string): object | undefined {
  if (!text.startsWith('{')) return undefined
  const { type, provider } = JSON.parse(text).error?.gw ?? {}
  return type === undefined ? undefined : { type, provider }
}

const surfaces = [
  { title: 'untranslated', path: '/v1/chat/completions', model: 'openai/gpt-4o-mini', auth: headers['openai'] },
  { title: 'translated', path: '/v1/messages', model: 'openai/gpt-4o-mini', auth: headers['openai'] },
]

describe.each(surfaces)('$title', ({ path, model, auth }) => {
  test.each(endings)(
    '$fault (stream: $stream) is $status for the caller and $ending in the row',
    async ({ fault, stream, status, ending, errorType, source }) => {
      const gateway = await startGateway()
      const response = await gateway.post(path, ask(`${model}+${fault}`, stream), auth)
      const text = await response.text()
      expect(response.status).toBe(status)
      expect(errorOf(text)).toEqual(status >= 400 ? { type: errorType, provider: 'openai' } : undefined)
      expect(text.includes('"error"')).toBe(ending !== 'complete')

      const row = await gateway.rowOf(response)
      expect([row.ending, row.error_type, row.usage_source, row.success]).toEqual([
        ending,
        errorType,
        source,
        ending === 'complete',
      ])
      expect(row.cost_nano_usd === 0).toBe(source === 'free_failed')
      expect(await gateway.rows()).toHaveLength(1)
    },
  )
})

describe('an event that is not JSON', () => {
  test('passes to callers of the same format as it came, and the row says so', async () => {
    const gateway = await startGateway()
    const response = await gateway.post('/v1/chat/completions', ask('openai/gpt-4o-mini+malformed:2', true), own)
    expect(await response.text()).toContain('data: [DONE]')
    const row = await gateway.rowOf(response)
    expect([row.ending, row.success, row.usage_source]).toEqual(['upstream_error', false, 'reported'])
  })

  test('is an error event to callers of another format', async () => {
    const gateway = await startGateway()
    const response = await gateway.post('/v1/messages', ask('openai/gpt-4o-mini+malformed:2', true), own)
    expect(await response.text()).toContain('event: error')
    const row = await gateway.rowOf(response)
    expect([row.ending, row.error_type]).toEqual(['upstream_error', 'upstream_error'])
  })
})

test('a 429 keeps Retry-After, message and code', async () => {
  const gateway = await startGateway()
  const response = await gateway.post('/v1/chat/completions', ask('openai/gpt-4o-mini+status:429:7', true), own)
  expect(response.headers.get('retry-after')).toBe('7')
  expect(response.headers.get('gw-error')).toBe('rate_limit')
  const { error } = await response.json<{ error: { message: string; code: string; type: string } }>()
  expect(JSON.parse(gateway.answers[0] ?? '').error.message).toBe(error.message)
  expect([error.type, error.code]).toEqual(['rate_limit_error', 'rate_limit_exceeded'])
})

describe('retries', () => {
  test('the same target is tried as often as asked, with the delays asked for', async () => {
    const gateway = await startGateway()
    const response = await gateway.post('/v1/chat/completions', ask('openai/gpt-4o-mini+times:2:status:503', false), {
      ...own,
      'cf-aig-max-attempts': '3',
      'cf-aig-retry-delay': '100',
      'cf-aig-backoff': 'exponential',
    })
    expect([response.status, response.headers.get('gw-attempts'), gateway.waits]).toEqual([200, '3', [100, 200]])
    const row = await gateway.rowOf(response)
    expect(row.attempts.map(({ attempt, status_code, error_type }) => [attempt, status_code, error_type])).toEqual([
      [1, 503, 'upstream_error'],
      [2, 503, 'upstream_error'],
      [3, 200, null],
    ])
  })

  test('a stream that fails before its first output is tried again', async () => {
    const gateway = await startGateway()
    const body = ask('anthropic/claude-sonnet-4-5+times:1:preamble-error', true)
    const response = await gateway.post('/v1/messages', body, {
      'x-api-key': 'sk-ant-caller',
      'cf-aig-max-attempts': '2',
    })
    const text = await response.text()
    expect(text.match(/event: message_start/g)).toHaveLength(1)
    expect(text).not.toContain('event: error')
    expect((await gateway.rowOf(response)).attempts).toHaveLength(2)
  })

  test('what cannot succeed is not repeated', async () => {
    const gateway = await startGateway()
    const response = await gateway.post('/v1/chat/completions', ask('openai/gpt-4o-mini+bad-auth', false), {
      ...own,
      'cf-aig-max-attempts': '5',
    })
    expect([response.status, response.headers.get('gw-attempts')]).toEqual([401, '1'])
  })

  test('without being asked, there is one attempt', async () => {
    const gateway = await startGateway()
    const response = await gateway.post(
      '/v1/chat/completions',
      ask('openai/gpt-4o-mini+times:1:status:503', false),
      own,
    )
    expect([response.status, gateway.simulator.requests.length]).toEqual([503, 1])
  })
})

test('a provider that sends nothing in time is a 504', async () => {
  const gateway = await startGateway()
  const response = await gateway.post('/v1/chat/completions', ask('openai/gpt-4o-mini+stall-first', false), {
    ...own,
    'cf-aig-request-timeout': '50',
  })
  expect(response.status).toBe(504)
  expect((await gateway.rowOf(response)).error_type).toBe('timeout')
})
