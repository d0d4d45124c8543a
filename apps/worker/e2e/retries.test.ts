import type { LogRecord } from '@gw/gateway'
import { describe, expect, test } from 'vitest'
import { post, rowOf, uniqueWord, upstreamRequests } from './gateway-under-test.ts'

/** A chat whose faults count for this test alone. */
function chat(model: string, word: string, change: object = {}) {
  return { model: `${model}+seed:${word}`, messages: [{ role: 'user', content: `hello ${word}` }], ...change }
}

async function answered(response: Response): Promise<{ status: number; text: string; row: LogRecord }> {
  const text = await response.text()
  return { status: response.status, text, row: await rowOf(response.headers.get('cf-aig-log-id')) }
}

const attemptsOf = ({ attempts }: LogRecord) =>
  attempts.map(({ attempt, step, provider, status_code, error_type }) => [
    attempt,
    step,
    provider,
    status_code,
    error_type,
  ])

/** Ms between the requests that reached a provider. */
async function gaps(word: string): Promise<number[]> {
  const times = (await upstreamRequests(word)).map(({ atMs }) => atMs)
  return times.slice(1).map((time, index) => time - (times[index] ?? 0))
}

describe.concurrent('retries of one target', () => {
  test('there are none unless they are asked for', async () => {
    const word = uniqueWord()
    const { status, row } = await answered(
      await post('/v1/chat/completions', chat('openai/gpt-4o-mini+times:1:503', word)),
    )
    expect(status).toBe(503)
    expect(attemptsOf(row)).toEqual([[1, 0, 'openai', 503, 'upstream_error']])
    expect(row).toMatchObject({
      success: false,
      ending: 'upstream_error',
      cost_nano_usd: 0,
      usage_source: 'free_failed',
    })
  })

  test.each([
    ['constant', 300, 300],
    ['linear', 300, 600],
    ['exponential', 300, 600],
  ])('three attempts with %s backoff', async (backoff, first, second) => {
    const word = uniqueWord()
    const headers = { 'cf-aig-max-attempts': '3', 'cf-aig-retry-delay': '300', 'cf-aig-backoff': backoff }
    const response = await post('/v1/chat/completions', chat('openai/gpt-4o-mini+times:2:503', word), { headers })
    expect(response.headers.get('gw-attempts')).toBe('3')
    expect(response.headers.get('cf-aig-step')).toBe('0')
    const { status, row } = await answered(response)
    expect(status).toBe(200)
    expect(attemptsOf(row)).toEqual([
      [1, 0, 'openai', 503, 'upstream_error'],
      [2, 0, 'openai', 503, 'upstream_error'],
      [3, 0, 'openai', 200, null],
    ])
    expect(row).toMatchObject({ success: true, ending: 'complete', usage: { input: 2, output: 4 } })
    const [one = 0, two = 0] = await gaps(word)
    expect(one).toBeGreaterThanOrEqual(first - 5)
    expect(two).toBeGreaterThanOrEqual(second - 5)
  })

  test('a provider that says when to come again is not asked before', async () => {
    const word = uniqueWord()
    const headers = { 'cf-aig-max-attempts': '2', 'cf-aig-retry-delay': '1' }
    const { status } = await answered(
      await post('/v1/chat/completions', chat('openai/gpt-4o-mini+times:1:429:1', word), { headers }),
    )
    expect(status).toBe(200)
    expect((await gaps(word))[0]).toBeGreaterThanOrEqual(995)
  })

  test('after the last attempt the error is the last one', async () => {
    const word = uniqueWord()
    const headers = { 'cf-aig-max-attempts': '2', 'cf-aig-retry-delay': '10' }
    const response = await post('/v1/chat/completions', chat('anthropic/claude-sonnet-4-5+529', word), { headers })
    expect([response.status, response.headers.get('gw-error')]).toEqual([529, 'upstream_error'])
    const { text, row } = await answered(response)
    expect(JSON.parse(text)).toMatchObject({
      error: { message: 'Overloaded', gw: { type: 'upstream_error', provider: 'anthropic', attempts: 2 } },
    })
    expect(row.attempts.map(({ status_code }) => status_code)).toEqual([529, 529])
  })

  test('what cannot succeed is not repeated', async () => {
    const word = uniqueWord()
    const headers = { 'cf-aig-max-attempts': '5', 'cf-aig-retry-delay': '10' }
    const { status, row } = await answered(
      await post('/v1/chat/completions', chat('openai/gpt-4o-mini+context-length', word), { headers }),
    )
    expect(status).toBe(400)
    expect(attemptsOf(row)).toEqual([[1, 0, 'openai', 400, 'context_length']])
  })

  test.each([
    ['untouched', 'openai/gpt-4o-mini'],
    ['translated', 'anthropic/claude-sonnet-4-5'],
    ['translated', 'google-ai-studio/gemini-2.5-flash'],
  ])('a stream that fails after its preamble is tried again unseen (%s, %s)', async (_title, model) => {
    const word = uniqueWord()
    const headers = { 'cf-aig-max-attempts': '2', 'cf-aig-retry-delay': '10' }
    const body = chat(`${model}+times:1:preamble-error`, word, { stream: true })
    const { status, text, row } = await answered(await post('/v1/chat/completions', body, { headers }))
    expect(status).toBe(200)
    const said = [...text.matchAll(/^data: (\{.*)$/gm)].map(([, event]) => JSON.parse(event ?? ''))
    expect(said.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(`You said: hello ${word}`)
    expect(said.filter(({ choices }) => choices[0]?.delta.role)).toHaveLength(1)
    expect(text).not.toContain('"error"')
    expect(text.trimEnd()).toMatch(/data: \[DONE\]$/)
    expect(row.attempts.map(({ error_type }) => error_type)).toEqual(['upstream_error', null])
  })

  test('a request that takes too long is a timeout, and is tried again', async () => {
    const word = uniqueWord()
    const headers = { 'cf-aig-request-timeout': '500', 'cf-aig-max-attempts': '2', 'cf-aig-retry-delay': '10' }
    const body = chat('openai/gpt-4o-mini+times:1:stall-first', word)
    const { status, row } = await answered(await post('/v1/chat/completions', body, { headers }))
    expect(status).toBe(200)
    expect(attemptsOf(row)).toEqual([
      [1, 0, 'openai', null, 'timeout'],
      [2, 0, 'openai', 200, null],
    ])
    expect(row.attempts[0]?.duration_ms).toBeGreaterThanOrEqual(495)
  })

  test('a timeout without another attempt is a 504', async () => {
    const word = uniqueWord()
    const headers = { 'cf-aig-request-timeout': '300' }
    const response = await post('/v1/chat/completions', chat('openai/gpt-4o-mini+stall-first', word), { headers })
    expect([response.status, response.headers.get('gw-error')]).toEqual([504, 'timeout'])
    const { row } = await answered(response)
    expect(row).toMatchObject({ error_type: 'timeout', ending: 'upstream_error', status_code: 504 })
  })
})

interface EntryOptions {
  faults?: string
  body?: object
  headers?: Record<string, string>
  config?: object
}

const openaiEntry = (word: string, { faults = '', body, headers, config }: EntryOptions = {}) => ({
  provider: 'openai',
  endpoint: 'chat/completions',
  headers: headers ?? { authorization: 'Bearer sk-own-openai' },
  query: chat(`gpt-4o-mini${faults}`, word, body),
  ...(config && { config }),
})

const anthropicEntry = (word: string, { faults = '', body, headers }: EntryOptions = {}) => ({
  provider: 'anthropic',
  endpoint: 'v1/messages',
  headers: headers ?? { 'x-api-key': 'sk-own-anthropic', 'anthropic-version': '2023-06-01' },
  query: chat(`claude-sonnet-4-5${faults}`, word, { max_tokens: 100, ...body }),
})

describe.concurrent('a list of providers', () => {
  test.each([
    { failure: 'a rate limit', faults: '+429:30', status: 429, type: 'rate_limit' },
    { failure: 'a server error', faults: '+500', status: 500, type: 'upstream_error' },
    { failure: 'a page of HTML', faults: '+html-502', status: 502, type: 'upstream_error' },
    { failure: 'a refused connection', faults: '+refuse', status: null, type: 'upstream_error' },
    { failure: 'a rejected key', faults: '+bad-auth', status: 401, type: 'auth' },
    { failure: 'an unknown model', faults: '+model-not-found', status: 404, type: 'model_not_found' },
    { failure: 'used-up credit', faults: '+quota', status: 429, type: 'quota_exceeded' },
    { failure: 'a prompt that is too long', faults: '+context-length', status: 400, type: 'context_length' },
  ])('after $failure comes the next one', async ({ faults, status, type }) => {
    const word = uniqueWord()
    const response = await post('/v1/acc/default', [openaiEntry(word, { faults }), anthropicEntry(word)])
    expect([response.status, response.headers.get('cf-aig-step')]).toEqual([200, '1'])
    expect(response.headers.get('gw-provider')).toBe('anthropic')
    const { text, row } = await answered(response)
    expect(JSON.parse(text)).toMatchObject({ type: 'message', content: [{ text: `You said: hello ${word}` }] })
    expect(attemptsOf(row)).toEqual([
      [1, 0, 'openai', status, type],
      [2, 1, 'anthropic', 200, null],
    ])
    expect(row).toMatchObject({ surface: 'universal', step: 1, provider: 'anthropic', ending: 'complete' })
    expect(row.key_source).toBe('request')
  })

  test.each([
    ['openai', 'preamble-error'],
    ['openai', 'error-frame'],
    ['openai', 'cut:0'],
    ['anthropic', 'preamble-error'],
    ['anthropic', 'error-frame'],
  ])('a stream of %s with %s gives way before anything is seen of it', async (provider, fault) => {
    const word = uniqueWord()
    const body = { stream: true }
    const first = (provider === 'openai' ? openaiEntry : anthropicEntry)(word, { faults: `+${fault}`, body })
    const second = (provider === 'openai' ? anthropicEntry : openaiEntry)(word, { body })
    const response = await post('/v1/acc/default', [first, second])
    expect([response.status, response.headers.get('cf-aig-step')]).toEqual([200, '1'])
    const { text, row } = await answered(response)
    expect(text).not.toContain('error')
    expect(text.includes('event: message_start')).toBe(provider === 'openai')
    expect(row.attempts.map(({ step, error_type }) => [step, error_type])).toEqual([
      [0, 'upstream_error'],
      [1, null],
    ])
  })

  test.each([
    ['header', { headers: { authorization: 'Bearer sk-own-openai', 'cf-aig-request-timeout': '300' } }],
    ['config', { config: { requestTimeout: 300 } }],
  ])("after an entry's own timeout (%s) comes the next one", async (_title, options) => {
    const word = uniqueWord()
    const first = openaiEntry(word, { ...options, faults: '+stall-first' })
    const { status, row } = await answered(await post('/v1/acc/default', [first, anthropicEntry(word)]))
    expect(status).toBe(200)
    expect(attemptsOf(row)).toEqual([
      [1, 0, 'openai', null, 'timeout'],
      [2, 1, 'anthropic', 200, null],
    ])
  })

  test('each entry is tried as often as it says before the next', async () => {
    const word = uniqueWord()
    const config = { maxAttempts: 2, retryDelay: 10 }
    const list = [openaiEntry(word, { faults: '+503', config }), anthropicEntry(word)]
    const { row } = await answered(await post('/v1/acc/default', list))
    expect(attemptsOf(row)).toEqual([
      [1, 0, 'openai', 503, 'upstream_error'],
      [2, 0, 'openai', 503, 'upstream_error'],
      [3, 1, 'anthropic', 200, null],
    ])
  })

  test('when all fail, the answer is what the last one said, in its own words', async () => {
    const word = uniqueWord()
    const list = [openaiEntry(word, { faults: '+500' }), anthropicEntry(word, { faults: '+429:9' })]
    const response = await post('/v1/acc/default', list)
    expect([response.status, response.headers.get('cf-aig-step')]).toEqual([429, '1'])
    expect(response.headers.get('retry-after')).toBe('9')
    const { text, row } = await answered(response)
    expect(JSON.parse(text)).toMatchObject({ type: 'error', error: { type: 'rate_limit_error' } })
    expect(row).toMatchObject({ success: false, status_code: 429, error_type: 'rate_limit', step: 1, cost_nano_usd: 0 })
    expect(row.attempts.map(({ status_code }) => status_code)).toEqual([500, 429])
  })

  test('a unified entry can follow a native one', async () => {
    const word = uniqueWord()
    const compat = {
      provider: 'compat',
      endpoint: 'chat/completions',
      headers: {},
      query: chat('google-ai-studio/gemini-2.5-flash', word),
    }
    const { text, row } = await answered(
      await post('/v1/acc/default', [anthropicEntry(word, { faults: '+500' }), compat]),
    )
    expect(JSON.parse(text)).toMatchObject({ choices: [{ message: { content: `You said: hello ${word}` } }] })
    expect(row).toMatchObject({ provider: 'google-ai-studio', step: 1, key_source: 'environment' })
  })

  test('no secret of one entry, or of the request, reaches the provider of another', async () => {
    const word = uniqueWord()
    const list = [
      openaiEntry(word, { faults: '+500' }),
      anthropicEntry(word, { faults: '+500' }),
      { ...openaiEntry(word, { headers: {} }), provider: 'groq' },
    ]
    const response = await post('/v1/acc/default', list, { headers: { authorization: 'Bearer sk-outer' } })
    expect(response.headers.get('cf-aig-step')).toBe('2')
    const { row } = await answered(response)
    expect(row.attempts.map(({ key_source }) => key_source)).toEqual(['request', 'request', 'environment'])

    const requests = await upstreamRequests(word)
    expect(requests.map(({ provider }) => provider)).toEqual(['openai', 'anthropic', 'groq'])
    const secrets = ['sk-own-openai', 'sk-own-anthropic', 'sk-env-groq', 'sk-outer', 'gw_']
    expect(requests.map((request) => secrets.filter((secret) => JSON.stringify(request).includes(secret)))).toEqual([
      ['sk-own-openai'],
      ['sk-own-anthropic'],
      ['sk-env-groq'],
    ])
  })
})
