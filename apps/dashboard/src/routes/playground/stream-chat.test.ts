import { expect, test } from 'vitest'
import type { Answer } from './answer.ts'
import { noSettings } from './settings.ts'
import { streamChat } from './stream-chat.ts'
import { toBody } from './to-body.ts'

const body = toBody({ model: 'auto', settings: noSettings, turns: [{ role: 'user', text: 'Hi', pictures: [] }] })

/** Each reading of the clock is 100 ms later. */
const createClock = (): (() => number) => {
  let at = 0
  return () => (at += 100)
}

const ask = (respond: (request: Request) => Response | Promise<Response>, signal = new AbortController().signal) => {
  const changes: Answer[] = []
  const answer = streamChat({
    body,
    gatewayId: 'team',
    key: 'gw_key',
    signal,
    now: createClock(),
    onChange: (one) => changes.push(one),
    fetch: async (url, init) => respond(new Request(new URL(String(url), 'https://gw.test'), init)),
  })
  return { answer, changes }
}

const events = (...pieces: string[]): Response =>
  new Response(
    new ReadableStream({
      start: (controller) => {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece))
        controller.close()
      },
    }),
    { headers: { 'gw-provider': 'openai' } },
  )

test('tells of the answer as it comes, however its bytes are cut', async () => {
  const seen: string[] = []
  const { answer, changes } = ask((request) => {
    seen.push(request.headers.get('authorization') ?? '', request.headers.get('cf-aig-gateway-id') ?? '')
    return events(
      'data: {"choices":[{"index":0,"delta":{"con',
      'tent":"Hel"}}]}\n\ndata: {"choices":[{"delta":{"content":"lo"}}]}\n\n',
      'data: [DONE]\n\n',
    )
  })
  expect(await answer).toMatchObject({
    state: 'done',
    text: 'Hello',
    status: 200,
    headers: [['gw-provider', 'openai']],
    firstMs: 100,
    wholeMs: 200,
  })
  expect(changes.map(({ state, text }) => [state, text])).toEqual([
    ['streaming', ''],
    ['streaming', 'Hello'],
    ['done', 'Hello'],
  ])
  expect(seen).toEqual(['Bearer gw_key', 'team'])
})

test('a refusal says why', async () => {
  const { answer } = ask(() => Response.json({ error: { message: 'There is no such model.' } }, { status: 404 }))
  expect(await answer).toMatchObject({ state: 'failed', status: 404, error: 'There is no such model.' })
})

test('what was stopped keeps what had come', async () => {
  const controller = new AbortController()
  const { answer } = ask(
    () =>
      new Response(
        new ReadableStream(
          {
            start: (stream) => {
              stream.enqueue(new TextEncoder().encode('data: {"choices":[{"delta":{"content":"Hel"}}]}\n\n'))
            },
            pull: (stream) => {
              controller.abort()
              stream.error(new Error('aborted'))
            },
          },
          { highWaterMark: 1 },
        ),
      ),
    controller.signal,
  )
  expect(await answer).toMatchObject({ state: 'stopped', error: null })
})
