import type { LogRecord } from '@gw/gateway'
import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import {
  allRows,
  gatewayKey,
  gatewayUrl,
  poll,
  post,
  rowOf,
  rowsMarked,
  uniqueWord,
  upstreamRequests,
} from './gateway-under-test.ts'

interface Route {
  title: string
  provider: string
  model: string
  body: Record<string, unknown>
}

const routes: readonly Route[] = [
  {
    title: 'an untouched stream',
    provider: 'openai',
    model: 'openai/gpt-4o-mini',
    body: { stream_options: { include_usage: true } },
  },
  { title: 'a stream without its usage event', provider: 'openai', model: 'openai/gpt-4o-mini', body: {} },
  { title: 'a translated stream', provider: 'anthropic', model: 'anthropic/claude-sonnet-4-5', body: {} },
]

interface Sent {
  word: string
  leave: AbortController
  response: Promise<Response>
}

/** A mark, and prices, which the models with faults in their names do not have. */
function headersFor(word: string): Record<string, string> {
  return {
    'cf-aig-metadata': JSON.stringify({ mark: word }),
    'cf-aig-custom-cost': JSON.stringify({ per_token_in: 0.000_001, per_token_out: 0.000_002 }),
  }
}

function bodyOf({ model, body }: Route, { word, faults }: { word: string; faults: string }) {
  return { ...body, model: `${model}${faults}`, stream: true, messages: [{ role: 'user', content: `hello ${word}` }] }
}

function send(route: Route, faults: string, headers: Record<string, string> = {}): Sent {
  const word = uniqueWord()
  const leave = new AbortController()
  const init = { headers: { ...headersFor(word), ...headers }, signal: leave.signal }
  const response = post('/v1/chat/completions', bodyOf(route, { word, faults }), init)
  response.catch(() => undefined)
  return { word, leave, response }
}

/** Resets the connection at the first word, as a process that dies does: nothing else is ever written to it. */
function resetAfterFirstWord(route: Route, asked: { word: string; faults: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${gatewayUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        ...headersFor(asked.word),
        authorization: `Bearer ${gatewayKey}`,
        'content-type': 'application/json',
      },
    })
    outgoing.once('error', reject).once('response', (incoming) => {
      let text = ''
      incoming.setEncoding('utf8').on('data', (piece: string) => {
        text += piece
        if (!/"content":" ?\S/.test(text)) return
        incoming.removeAllListeners('data').once('error', () => undefined)
        outgoing.socket?.resetAndDestroy()
        resolve()
      })
    })
    outgoing.end(JSON.stringify(bodyOf(route, asked)))
  })
}

/** Reads until so many words of the answer are there, then hangs up. */
async function hangUpAfter(words: number, { response, leave }: Sent): Promise<void> {
  const { body } = await response
  if (!body) throw new Error('The answer has no body.')
  const decoder = new TextDecoder()
  let text = ''
  for await (const bytes of body) {
    text += decoder.decode(bytes, { stream: true })
    if ([...text.matchAll(/"content":" ?\S/g)].length >= words) break
  }
  leave.abort()
}

/** The row of the mark. A later request's row shows that no second one is on its way. */
async function onlyRow(word: string): Promise<LogRecord> {
  await poll(() => rowsMarked(word), 40_000)
  const later = await post('/v1/chat/completions', {
    model: 'openai/gpt-4o-mini',
    messages: [{ role: 'user', content: 'later' }],
  })
  await rowOf(later.headers.get('cf-aig-log-id'))
  const rows = (await allRows()).filter(({ metadata }) => metadata['mark'] === word)
  expect(rows).toHaveLength(1)
  const [row] = rows
  if (!row) throw new Error('There is no row.')
  return row
}

async function onlyUpstreamRequest(word: string) {
  const requests = await upstreamRequests(word)
  expect(requests).toHaveLength(1)
  const [only] = requests
  if (!only) throw new Error('Nothing reached the provider.')
  return only
}

describe.concurrent.each(routes)('a caller who leaves $title', (route) => {
  test('while the provider stalls: it is cancelled after a while, and what was seen is estimated', async () => {
    const word = uniqueWord()
    await resetAfterFirstWord(route, { word, faults: '+stall:1' })
    const row = await onlyRow(word)
    expect(row).toMatchObject({ ending: 'client_gone', provider: route.provider, usage_source: 'estimated' })
    expect(row.usage.output).toBeGreaterThan(0)
    expect(row.cost_nano_usd).toBeGreaterThan(0)
    await poll(async () => expect(await onlyUpstreamRequest(word)).toMatchObject({ aborted: true }))
  }, 60_000)

  test.each([1, 20])(
    'after %i words: the provider is heard to its usage, in one row',
    async (words) => {
      const sent = send(route, '+words:40+pace:30')
      await hangUpAfter(words, sent)
      const row = await onlyRow(sent.word)
      expect(row).toMatchObject({
        ending: 'client_gone',
        success: false,
        provider: route.provider,
        stream: true,
        usage: { input: 2, output: 40 },
        usage_source: 'reported',
      })
      expect(row.cost_nano_usd).toBeGreaterThan(0)
      expect(row.ttft_ms).not.toBeNull()
      expect(row.attempts).toHaveLength(1)
      const request = await onlyUpstreamRequest(sent.word)
      expect(request).toMatchObject({ ending: 'complete', aborted: false })
    },
    60_000,
  )

  test('before the first byte: the request ends at its own limit, and costs nothing', async () => {
    const sent = send(route, '+stall-first', { 'cf-aig-request-timeout': '2000' })
    await poll(() => onlyUpstreamRequest(sent.word))
    sent.leave.abort()
    const row = await onlyRow(sent.word)
    // workerd tells of a caller who left only when it writes to them.
    expect(['client_gone', 'upstream_error']).toContain(row.ending)
    expect(row).toMatchObject({
      provider: route.provider,
      cost_nano_usd: 0,
      usage_source: 'free_failed',
      success: false,
    })
    await poll(async () => expect(await onlyUpstreamRequest(sent.word)).toMatchObject({ aborted: true }))
  }, 60_000)
})

test('a caller who leaves before a whole answer pays for it, in one row', async () => {
  const word = uniqueWord()
  const leave = new AbortController()
  const response = post(
    '/v1/chat/completions',
    { model: 'openai/gpt-4o-mini+slow:1000', messages: [{ role: 'user', content: `hello ${word}` }] },
    { headers: headersFor(word), signal: leave.signal },
  )
  response.catch(() => undefined)
  await poll(() => onlyUpstreamRequest(word))
  leave.abort()
  const row = await onlyRow(word)
  expect(row).toMatchObject({ usage: { input: 2, output: 4 }, usage_source: 'reported', cost_nano_usd: 10_000 })
}, 60_000)
