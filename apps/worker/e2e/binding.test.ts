import { describe, expect, test } from 'vitest'
import {
  gatewayKey,
  gatewayUrl,
  poll,
  post,
  rowOf,
  rowsMarked,
  uniqueWord,
  upstreamRequests,
} from './gateway-under-test.ts'

const authorization = { 'cf-aig-authorization': `Bearer ${gatewayKey}` }
const llama = '@cf/meta/llama-3.1-8b-instruct'

/** `env.AI.run(model, inputs, options)` as the runtime sends it. */
function run(model: string, inputs: object, options: object = {}): Promise<Response> {
  const path = 'gateway' in options ? '/ai-gateway/run?version=3' : '/run?version=3'
  const headers = { 'cf-consn-model-id': model, 'cf-consn-sdk-version': '2.0.0' }
  return post(path, { inputs, options }, { headers })
}

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(gatewayUrl + path, { headers: { ...authorization, ...headers } })

const resumePath = (runId: string, query: string): string => `/ai-gateway/gateways/default/run/${runId}/resume${query}`

const chat = (content: string, more: object = {}) => ({ messages: [{ role: 'user', content }], ...more })

const runIdOf = (response: Response): string => response.headers.get('cf-aig-run-id') ?? ''

describe('run of the binding', () => {
  test('answers @cf models with the bare result, as JSON and nothing else', async () => {
    const word = uniqueWord()
    const response = await run(llama, { prompt: word })
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toMatchObject({ response: `You said: ${word}` })
    const row = await rowOf(response.headers.get('cf-aig-log-id'))
    expect([row.surface, row.provider, row.model, row.usage]).toEqual([
      'run',
      'workers-ai',
      llama,
      { input: 1, output: 3 },
    ])
  })

  test('takes a prefix in front of the model', async () => {
    const response = await run(`beta:${llama}`, { prompt: 'hi' })
    expect(await response.json()).toMatchObject({ response: 'You said: hi' })
  })

  test.each([
    [{ metadata: { mark: { nested: true } } }, 7001, /^options\.gateway\.metadata\.mark/],
    [{ cacheTtl: -5 }, 400, /^cacheTtl \(cf-aig-cache-ttl\) must be an integer from 60 to 2592000 s, or 0; got -5/],
    [{ retries: { maxAttempts: 99 } }, 400, /^maxAttempts \(cf-aig-max-attempts\) must be an integer from 1 to 5/],
    [{ id: 'nobody' }, 2001, /^There is no gateway "nobody"/],
  ])('refuses options %j and says why', async (gateway, code, message) => {
    const response = await run(llama, { prompt: 'hi' }, { gateway })
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ errors: [{ code, message: expect.stringMatching(message) }] }),
    ])
  })

  test.each([
    ['/run', { inputs: {} }, /^No model named/],
    ['/client/v4/accounts/a/ai/run', { input: {} }, /^No model named/],
    ['/client/v4/accounts/a/ai/run', { model: llama, input: [] }, /^`input` must be an object/],
    ['/client/v4/accounts/a/ai/run/openai/gpt-4o-mini', { prompt: 'hi' }, /^`messages` must be an array/],
    ['/client/v4/accounts/a/ai/nowhere', {}, /^There is nothing at/],
  ])('%s with %j says what is missing', async (path, body, message) => {
    const response = await post(path, body)
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(await response.json()).toMatchObject({ errors: [{ message: expect.stringMatching(message) }] })
  })

  test('wants a gateway key', async () => {
    const response = await fetch(`${gatewayUrl}/run`, { method: 'POST', body: '{}' })
    expect([response.status, await response.json()]).toEqual([401, expect.objectContaining({ internalCode: 2009 })])
  })

  test('says that runs can be resumed', async () => {
    const response = await run(llama, { prompt: 'hi' })
    expect(response.headers.get('gw-capabilities')).toBe('resume')
    await response.text()
  })
})

describe('the REST API', () => {
  test.each([
    ['/client/v4/accounts/acc/ai/run/', llama],
    ['/ai/run/', llama],
    ['/v1/acc/default/workers-ai/run/', llama],
    ['/v1/acc/default/workers-ai/', llama],
  ])('%s answers @cf models in the envelope', async (path, model) => {
    const word = uniqueWord()
    const response = await post(`${path}${model}`, { prompt: word })
    expect(await response.json()).toMatchObject({ success: true, result: { response: `You said: ${word}` } })
  })

  test.each(['/client/v4/accounts/acc/ai/run/openai/gpt-4o-mini', '/v1/acc/default/workers-ai/run/openai/gpt-4o-mini'])(
    '%s runs the models of others, in the same envelope',
    async (path) => {
      const word = uniqueWord()
      const response = await post(path, chat(word))
      expect(await response.json()).toMatchObject({
        success: true,
        errors: [],
        result: { object: 'chat.completion', choices: [{ message: { content: `You said: ${word}` } }] },
      })
    },
  )

  test('takes model and input in the body', async () => {
    const word = uniqueWord()
    const response = await post('/client/v4/accounts/acc/ai/run', {
      model: 'anthropic/claude-sonnet-4-5',
      input: chat(word, { max_tokens: 20 }),
      options: { gateway: { metadata: { mark: word } } },
    })
    expect(await response.json()).toMatchObject({ success: true, result: { content: [{ text: `You said: ${word}` }] } })
    expect(await rowsMarked(word)).toHaveLength(1)
  })

  test.each(['/client/v4/accounts/acc/ai/v1', '/client/v4/accounts/acc/ai/v1/v1', '/ai/v1'])(
    '%s speaks chat completions and Messages',
    async (base) => {
      const word = uniqueWord()
      const completion = await post(`${base}/chat/completions`, { model: llama, ...chat(word) })
      expect(await completion.json()).toMatchObject({ choices: [{ message: { content: `You said: ${word}` } }] })
      const message = await post(`${base}/messages`, { model: 'openai/gpt-4o-mini', ...chat(word, { max_tokens: 20 }) })
      expect(await message.json()).toMatchObject({ type: 'message', content: [{ text: `You said: ${word}` }] })
    },
  )

  test('names the gateway in a header', async () => {
    const response = await post(`/ai/run/${llama}`, { prompt: 'hi' }, { headers: { 'cf-aig-gateway-id': 'nobody' } })
    expect(await response.json()).toMatchObject({ errors: [{ code: 2001 }] })
  })
})

describe('a run', () => {
  const start = (content: string, more: object = {}): Promise<Response> =>
    run('openai/gpt-4o-mini', chat(content, { stream: true, ...more }), {
      gateway: { id: 'default', metadata: { mark: content } },
    })

  test('can be read again from every event on', async () => {
    const response = await start(`${uniqueWord()} words 20`)
    expect(runIdOf(response)).toMatch(/^[\da-f]{64}$/)
    const events = (await response.text()).split(/(?<=\n\n)/)
    for (let from = 0; from <= events.length + 1; from += 1) {
      const rest = await get(resumePath(runIdOf(response), `?from=${from}`))
      expect([rest.status, await rest.text()]).toEqual([200, events.slice(from).join('')])
    }
  })

  test('goes on when its caller leaves, and is settled once', async () => {
    const word = `${uniqueWord()} words 30`
    const response = await run('openai/gpt-4o-mini+pace:20', chat(word, { stream: true }), {
      gateway: { id: 'default', metadata: { mark: word } },
    })
    const reader = response.body?.getReader()
    await reader?.read()
    await reader?.cancel()
    const rest = await (await get(resumePath(runIdOf(response), '?from=0'))).text()
    expect(rest.endsWith('data: [DONE]\n\n')).toBe(true)
    expect(rest.split(/(?<=\n\n)/)).toHaveLength(33)
    const rows = await rowsMarked(word)
    expect(rows.map(({ ending, usage, usage_source }) => [ending, usage, usage_source])).toEqual([
      ['complete', { input: 3, output: 30 }, 'reported'],
    ])
    expect(await upstreamRequests(word)).toHaveLength(1)
  })

  test('leaves its row also when its caller leaves before the first byte', async () => {
    const word = `${uniqueWord()} words 3`
    const leaving = new AbortController()
    const answer = fetch(`${gatewayUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        ...authorization,
        'content-type': 'application/json',
        'gw-resumable': 'true',
        'cf-aig-metadata': JSON.stringify({ mark: word }),
        // With another attempt in hand nothing is answered before the first output.
        'cf-aig-max-attempts': '2',
      },
      body: JSON.stringify({ model: 'openai/gpt-4o-mini+pace:300', ...chat(word, { stream: true }) }),
      signal: leaving.signal,
    })
    await poll(async () => expect(await upstreamRequests(word)).toHaveLength(1))
    leaving.abort()
    await expect(answer).rejects.toThrow(/abort/)
    const rows = await rowsMarked(word)
    expect(rows.map(({ ending, usage }) => [ending, usage])).toEqual([['complete', { input: 3, output: 3 }]])
  })

  test('can be followed by many while it lasts', async () => {
    const response = await run('openai/gpt-4o-mini+pace:10', chat(`${uniqueWord()} words 30`, { stream: true }))
    const followers = Array.from({ length: 5 }, async (_, from) =>
      (await get(resumePath(runIdOf(response), `?from=${from * 5}`))).text(),
    )
    const events = (await response.text()).split(/(?<=\n\n)/)
    expect(await Promise.all(followers)).toEqual([0, 5, 10, 15, 20].map((from) => events.slice(from).join('')))
  })

  test('understands Last-Event-ID, and numbers its events on request', async () => {
    const response = await start(`${uniqueWord()} words 3`)
    const events = (await response.text()).split(/(?<=\n\n)/)
    const rest = await get(resumePath(runIdOf(response), ''), { 'last-event-id': '2' })
    expect(await rest.text()).toBe(events.slice(2).join(''))
    const numbered = await get(resumePath(runIdOf(response), '?ids=true&from=4'))
    expect(await numbered.text()).toBe(
      events
        .slice(4)
        .map((event, index) => `id: ${index + 5}\n${event}`)
        .join(''),
    )
  })

  test.each([
    ['/v1/chat/completions', { model: 'groq/llama-3.3-70b-versatile', stream: true }],
    ['/v1/messages', { model: 'mistral/mistral-small-latest', stream: true, max_tokens: 50 }],
    ['/v1/acc/default/deepseek/chat/completions', { model: 'deepseek-chat', stream: true }],
    ['/v1/acc/default/workers-ai/run/@cf/meta/llama-3.1-8b-instruct', { stream: true }],
  ])('is made of any stream on request: %s', async (path, body) => {
    const response = await post(path, { ...chat(uniqueWord()), ...body }, { headers: { 'gw-resumable': 'true' } })
    const text = await response.text()
    expect(runIdOf(response)).toMatch(/^[\da-f]{64}$/)
    expect(text.length).toBeGreaterThan(100)
    const rest = await get(`/v1/acc/default/run/${runIdOf(response)}/resume?from=1`)
    expect(await rest.text()).toBe(text.slice(text.indexOf('\n\n') + 2))
  })

  test('goes together with fallback, and its events end in LF whatever the provider sends', async () => {
    const word = uniqueWord()
    const entry = (model: string) => ({
      provider: 'openai',
      endpoint: 'chat/completions',
      headers: {},
      query: { model, ...chat(word, { stream: true }) },
    })
    const entries = [entry('gpt-4o-mini+status:500'), entry('gpt-4o-mini+crlf')]
    const response = await post('/v1/acc/default', entries, { headers: { 'gw-resumable': 'true' } })
    expect([response.headers.get('cf-aig-step'), runIdOf(response)]).toEqual([
      '1',
      expect.stringMatching(/^[\da-f]{64}$/),
    ])
    const text = await response.text()
    expect(text).not.toContain('\r')
    expect(await (await get(resumePath(runIdOf(response), '?from=2'))).text()).toBe(
      text
        .split(/(?<=\n\n)/)
        .slice(2)
        .join(''),
    )
  })

  test('is asked for in the headers of an entry, where a binding can put them', async () => {
    const query = { model: 'gpt-4o-mini', ...chat(uniqueWord(), { stream: true }) }
    const entry = { provider: 'openai', endpoint: 'chat/completions', query }
    const plain = await post('/ai-gateway/universal/run/default', [entry])
    expect([(await plain.text()).endsWith('data: [DONE]\n\n'), runIdOf(plain)]).toEqual([true, ''])
    const asked = await post('/ai-gateway/universal/run/default', [{ ...entry, headers: { 'gw-resumable': 'true' } }])
    const text = await asked.text()
    expect(await (await get(resumePath(runIdOf(asked), '?from=0'))).text()).toBe(text)
  })

  test('belongs to the gateway that the options name', async () => {
    const response = await post(
      '/ai-gateway/run',
      { inputs: { prompt: uniqueWord(), stream: true }, options: { gateway: { id: 'default' } } },
      { headers: { 'cf-consn-model-id': llama, 'gw-resumable': 'true' } },
    )
    const text = await response.text()
    expect(await (await get(resumePath(runIdOf(response), '?from=0'))).text()).toBe(text)
  })

  test('is none when the answer is no stream', async () => {
    const plain = await post(
      '/v1/chat/completions',
      { model: 'openai/gpt-4o-mini', ...chat('hi') },
      { headers: { 'gw-resumable': 'true' } },
    )
    expect([plain.status, runIdOf(plain)]).toEqual([200, ''])
    const failed = await run('openai/gpt-4o-mini+status:429:7', chat('hi', { stream: true }))
    expect([failed.status, failed.headers.get('retry-after'), runIdOf(failed)]).toEqual([429, '7', ''])
    await failed.text()
  })

  test('that breaks off ends in an error event, also when it is read again', async () => {
    const response = await run('openai/gpt-4o-mini+cut:3', chat(`${uniqueWord()} words 9`, { stream: true }))
    const text = await response.text()
    expect(text).toContain('upstream_truncated')
    expect(await (await get(resumePath(runIdOf(response), '?from=0'))).text()).toBe(text)
  })

  test('is nobody else’s', async () => {
    const response = await start(uniqueWord())
    await response.text()
    const path = resumePath(runIdOf(response), '?from=0')
    expect((await fetch(gatewayUrl + path)).status).toBe(401)
    const elsewhere = await get(path.replace('/default/', '/other/'))
    expect([elsewhere.status, await elsewhere.json()]).toEqual([404, { error: 'Request not found' }])
  })

  test.each([
    ['0'.repeat(64), '?from=0', [404, { error: 'Request not found' }]],
    ['not-an-id', '?from=0', [500, expect.objectContaining({ name: 'AiGatewayError', internalCode: 2002 })]],
    ['0'.repeat(64), '?from=-1', [400, expect.objectContaining({ success: false })]],
  ])('resume of %s%s says what is wrong', async (id, query, answer) => {
    const response = await get(resumePath(id, query))
    expect([response.status, await response.json()]).toEqual(answer)
  })
})

describe('logs', () => {
  test('take a judgement, field by field', async () => {
    const response = await run(llama, { prompt: uniqueWord() })
    await response.text()
    const id = response.headers.get('cf-aig-log-id') ?? ''
    const path = `${gatewayUrl}/ai-gateway/gateways/default/logs/${id}`
    const patch = (body: object): Promise<Response> =>
      fetch(path, {
        method: 'PATCH',
        headers: { ...authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    expect((await patch({ feedback: -1 })).status).toBe(200)
    expect((await patch({ score: 12.5 })).status).toBe(200)
    expect(await rowOf(id)).toMatchObject({ feedback: -1, score: 12.5 })
    expect((await patch({ feedback: null })).status).toBe(200)
    await poll(async () => expect(await rowOf(id)).toMatchObject({ feedback: null, score: 12.5 }))
    const refused = await patch({ feedback: 5 })
    expect([refused.status, await refused.json()]).toEqual([
      400,
      expect.objectContaining({ errors: [{ code: 7001, message: expect.stringMatching(/^feedback: /) }] }),
    ])
  })
})
