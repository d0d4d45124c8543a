import * as fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createResumableStream, GatewayDelegateError, type ResumableStreamOptions } from './resumable-stream.ts'

afterEach(() => {
  vi.useRealTimers()
})

type Step = Uint8Array | { after: Promise<unknown> } | { fail: unknown }

const encoder = new TextEncoder()
const bytesOf = (text: string): Uint8Array => encoder.encode(text)
const dropped = { fail: new Error('connection lost') }

/** A body that gives these pieces, one a pull; it closes after the last one unless that fails. */
function body(...steps: (string | Step)[]): ReadableStream<Uint8Array> {
  const rest = steps.values()
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    const { value } = rest.next()
    if (value === undefined) controller.close()
    else if (typeof value === 'string') controller.enqueue(bytesOf(value))
    else if (value instanceof Uint8Array) controller.enqueue(value)
    else if ('fail' in value) controller.error(value.fail)
    else {
      await value.after
      await pull(controller)
    }
  }
  return new ReadableStream({ pull }, { highWaterMark: 0 })
}

/** A gateway that answers resume requests in this order; without an answer left, the test fails. */
function gateway(...answers: (Response | Error)[]) {
  const urls: string[] = []
  const signals: (AbortSignal | null | undefined)[] = []
  const rest = answers.values()
  const binding = {
    fetch: async (url: string, init?: RequestInit) => {
      urls.push(url)
      signals.push(init?.signal)
      const { value } = rest.next()
      if (value === undefined) throw new Error('unexpected request')
      if (value instanceof Error) throw value
      return value
    },
  }
  return { binding, urls, signals, froms: () => urls.map((url) => Number(new URL(url).searchParams.get('from'))) }
}

function resumable(
  { binding }: { binding: ResumableStreamOptions['binding'] },
  options: Partial<ResumableStreamOptions>,
): ReadableStream<Uint8Array> {
  return createResumableStream({ binding, gateway: 'gw', runId: 'run-1', sleep: async () => {}, ...options })
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

/** Lets everything run that is ready to. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text()
}

/** The text up to the error, and the error. */
async function textAndError(stream: ReadableStream<Uint8Array>): Promise<{ text: string; error: unknown }> {
  let text = ''
  const decoder = new TextDecoder()
  try {
    for await (const chunk of stream) text += decoder.decode(chunk, { stream: true })
  } catch (error) {
    return { text, error }
  }
  throw new Error('the stream did not fail')
}

const done = 'data: [DONE]\n\n'

describe('a stream', () => {
  test('that ends with a terminal event is passed on without a question', async () => {
    const server = gateway()
    const text = `data: 1\n\n: ping\n\ndata: 2\n\n${done}`
    expect(await textOf(resumable(server, { initial: body(text) }))).toBe(text)
    expect(server.urls).toEqual([])
  })

  test.each([
    'event: message_stop\ndata: {"type":"message_stop"}\n\n',
    'data: {"type":"message_stop"}\n\n',
    'event: response.completed\r\ndata: {"type":"response.completed"}\r\n\r\n',
    'event: message-end\ndata: {}\n\n',
    'data:[DONE]\n\n',
  ])('is over after %j', async (end) => {
    const server = gateway()
    expect(await textOf(resumable(server, { initial: body('data: 1\n\n', end) }))).toBe(`data: 1\n\n${end}`)
    expect(await textOf(resumable(server, { initial: body('data: 1\n\n', end, dropped) }))).toBe(`data: 1\n\n${end}`)
    expect(server.urls).toEqual([])
  })

  test('that drops is resumed behind its last whole event', async () => {
    const server = gateway(new Response(`data: 3\n\n${done}`))
    const initial = body('data: 1\n\ndata: 2\n\ndata: ha', dropped)
    expect(await textOf(resumable(server, { initial }))).toBe(`data: 1\n\ndata: 2\n\ndata: 3\n\n${done}`)
    expect(server.urls).toEqual(['https://workers-binding.ai/ai-gateway/gateways/gw/run/run-1/resume?from=2'])
  })

  test('has its ids encoded in the address', async () => {
    const server = gateway(new Response(done))
    await textOf(resumable(server, { gateway: 'a/b', runId: '../x?y' }))
    expect(server.urls).toEqual(['https://workers-binding.ai/ai-gateway/gateways/a%2Fb/run/..%2Fx%3Fy/resume?from=0'])
  })

  test('without a first body is attached to, at the event that the caller names', async () => {
    const reconnects: number[] = []
    const server = gateway(new Response('data: 8\n\ndata: 9\n\nda'), new Response(done))
    const onReconnect = (from: number): unknown => reconnects.push(from)
    expect(await textOf(resumable(server, { fromEvent: 7, onReconnect }))).toBe(`data: 8\n\ndata: 9\n\n${done}`)
    expect(server.froms()).toEqual([7, 9])
    expect(reconnects).toEqual([9])
  })

  test.each([
    ['LF', 'data: 1\n\n', 'data: 2\n\n'],
    ['CRLF', 'data: 1\r\n\r\n', 'data: 2\r\n\r\n'],
    ['LF and CRLF', 'data: 1\n\r\n', 'data: 2\r\n\n'],
  ])('with %s line ends hands on each event at once, cut anywhere', async (_, first, second) => {
    const all = bytesOf(first + second)
    for (let cut = 1; cut < all.length; cut += 1) {
      const progress: number[] = []
      const later = deferred<undefined>()
      const pieces = [all.subarray(0, cut), all.subarray(cut)]
      const onProgress = (count: number): unknown => progress.push(count)
      const stream = resumable(gateway(), { initial: body(...pieces, { after: later.promise }), onProgress })
      const reader = stream.getReader()
      let text = ''
      while (text.length < all.length) text += new TextDecoder().decode((await reader.read()).value)
      expect(text).toBe(first + second)
      expect(progress.at(-1)).toBe(2)
      later.resolve(undefined)
    }
  })

  test('reports how many events of the run have been handed on', async () => {
    const progress: number[] = []
    const server = gateway(new Response(`data: 13\n\n${done}`))
    const initial = body('data: 11\n\n', 'data: ', '12\n\ndata', dropped)
    await textOf(resumable(server, { initial, fromEvent: 10, onProgress: (count) => progress.push(count) }))
    expect(progress).toEqual([11, 12, 14])
  })
})

describe('a clean close', () => {
  test('in the middle of an event is a break', async () => {
    const server = gateway(new Response(`data: {"a":1}\n\n${done}`))
    expect(await textOf(resumable(server, { initial: body('data: 0\n\ndata: {"a"') }))).toBe(
      `data: 0\n\ndata: {"a":1}\n\n${done}`,
    )
    expect(server.froms()).toEqual([1])
  })

  test('in the middle of an event that the gateway confirms is an error', async () => {
    const server = gateway(new Response('data: {"a"'))
    const { text, error } = await textAndError(resumable(server, { initial: body('data: 0\n\ndata: {"a"') }))
    expect(text).toBe('data: 0\n\n')
    expect(error).toMatchObject({ name: 'GatewayDelegateError', kind: 'provider' })
  })

  test('without a terminal event is the end when the gateway has nothing more', async () => {
    const server = gateway(new Response(null))
    expect(await textOf(resumable(server, { initial: body('data: 1\n\n') }))).toBe('data: 1\n\n')
    expect(server.froms()).toEqual([1])
  })

  test('without a terminal event goes on when the gateway has more', async () => {
    const server = gateway(new Response('data: 2\n\n'), new Response(`data: 3\n\n${done}`))
    const initial = body('data: 1\n\n')
    expect(await textOf(resumable(server, { initial }))).toBe(`data: 1\n\ndata: 2\n\ndata: 3\n\n${done}`)
    expect(server.froms()).toEqual([1, 2])
  })

  test.each([404, 403])('without a terminal event is believed when the gateway has no run (%d)', async (status) => {
    const server = gateway(new Response('', { status }))
    expect(await textOf(resumable(server, { initial: body('data: 1\n\n') }))).toBe('data: 1\n\n')
    expect(server.froms()).toEqual([1])
  })

  test('without a terminal event is asked about until the gateway answers, within the budget', async () => {
    const busy = [new Error('no route'), new Response('', { status: 503 })]
    const reconnects: number[] = []
    const onReconnect = (from: number): unknown => reconnects.push(from)
    const server = gateway(...busy, new Response(`data: 2\n\n${done}`))
    const options = { initial: body('data: 1\n\n'), onReconnect }
    expect(await textOf(resumable(server, options))).toBe(`data: 1\n\ndata: 2\n\n${done}`)
    expect([server.froms(), reconnects]).toEqual([[1, 1, 1], []])

    const silent = gateway(...busy)
    expect(await textOf(resumable(silent, { initial: body('data: 1\n\n'), maxReconnects: 2 }))).toBe('data: 1\n\n')
    expect(silent.froms()).toEqual([1, 1])
  })

  test('after an event that lacks only its blank line is the end', async () => {
    for (const answer of [new Response(null), new Response('data: {"b":2}'), new Response('', { status: 404 })]) {
      const server = gateway(answer)
      const initial = body('data: 1\n\ndata: {"b":2}')
      expect(await textOf(resumable(server, { initial }))).toBe('data: 1\n\ndata: {"b":2}')
      expect(server.froms()).toEqual([1])
    }
    for (const end of ['data: [DONE]', 'data:[DONE]\n']) {
      expect(await textOf(resumable(gateway(), { initial: body(`data: 1\n\n${end}`) }))).toBe(`data: 1\n\n${end}`)
    }
  })

  test('is not questioned when reconnects are off', async () => {
    const server = gateway()
    expect(await textOf(resumable(server, { initial: body('data: 1\n\n'), maxReconnects: 0 }))).toBe('data: 1\n\n')
    expect(server.urls).toEqual([])
  })
})

describe('a reconnect', () => {
  test('is repeated after refusals and failures, with growing pauses and as patiently as the gateway asks', async () => {
    const pauses: number[] = []
    const attempts: [number, number][] = []
    const server = gateway(
      new Response('', { status: 503 }),
      new Error('no route'),
      new Response('', { status: 429, headers: { 'retry-after': '7' } }),
      new Response(done),
    )
    const sleep = async (ms: number): Promise<void> => void pauses.push(ms)
    const onReconnect = (from: number, attempt: number): unknown => attempts.push([from, attempt])
    const options = { initial: body('data: 1\n\n', dropped), sleep, random: () => 1, onReconnect }
    expect(await textOf(resumable(server, options))).toBe(`data: 1\n\n${done}`)
    expect(pauses).toEqual([200, 400, 7000])
    expect(attempts).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [1, 4],
    ])
  })

  test('pauses half as long at least', async () => {
    const pauses: number[] = []
    const server = gateway(new Error('no route'), new Response(done))
    const sleep = async (ms: number): Promise<void> => void pauses.push(ms)
    await textOf(resumable(server, { initial: body(dropped), sleep, random: () => 0 }))
    expect(pauses).toEqual([100])
  })

  test('pauses by the clock, and an abort stops it', async () => {
    vi.useFakeTimers()
    const server = gateway(new Error('no route'), new Error('no route'), new Response(done))
    const options = { initial: body(dropped), sleep: undefined, random: () => 0 }
    const text = textOf(resumable(server, options))
    await vi.advanceTimersByTimeAsync(99)
    expect(server.urls).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1 + 200)
    expect(await text).toBe(done)
    expect(server.urls).toHaveLength(3)

    const abort = new AbortController()
    const other = gateway(new Error('no route'), new Error('no route'))
    const failed = textAndError(resumable(other, { ...options, initial: body(dropped), signal: abort.signal }))
    await vi.advanceTimersByTimeAsync(50)
    abort.abort()
    expect((await failed).error).toMatchObject({ name: 'AbortError' })
    expect(vi.getTimerCount()).toBe(0)
    expect(other.urls).toHaveLength(1)
  })

  test('is given up after the budget, with the error of the last attempt', async () => {
    const refusals = Array.from({ length: 3 }, () => new Response('', { status: 502 }))
    const server = gateway(...refusals)
    const { error } = await textAndError(resumable(server, { initial: body(dropped), maxReconnects: 3 }))
    expect(error).toBeInstanceOf(GatewayDelegateError)
    expect(error).toMatchObject({ kind: 'dispatch', message: 'Resume failed (502) at event 0.' })
    expect(server.froms()).toEqual([0, 0, 0])
  })

  test('that breaks again and again counts against the budget', async () => {
    const server = gateway(new Response(body(dropped)), new Response(body('da', dropped)))
    const { error } = await textAndError(resumable(server, { initial: body(dropped), maxReconnects: 2 }))
    expect(error).toMatchObject({ kind: 'resume-expired', cause: dropped.fail })
  })

  test('has its whole budget again once the run has moved on', async () => {
    const breaks = Array.from({ length: 20 }, (_, index) => new Response(body(`data: ${index}\n\nda`, dropped)))
    const server = gateway(...breaks, new Response(done))
    const text = await textOf(resumable(server, { initial: body(dropped), maxReconnects: 1 }))
    expect(text.match(/data/g)).toHaveLength(21)
    expect(server.froms()).toEqual(Array.from({ length: 21 }, (_, index) => index))
  })

  test('to a run that is gone is an error', async () => {
    const server = gateway(Response.json({ error: 'Request not found' }, { status: 404 }))
    const { text, error } = await textAndError(resumable(server, { initial: body('data: 1\n\nda', dropped) }))
    expect(text).toBe('data: 1\n\n')
    expect(error).toMatchObject({ name: 'GatewayDelegateError', kind: 'resume-expired' })
    expect(server.urls).toHaveLength(1)
  })

  test('to a run that is gone is the end for who accepts a part', async () => {
    const server = gateway(Response.json({ error: 'Request not found' }, { status: 404 }))
    const options = { initial: body('data: 1\n\nda', dropped), onResumeExpired: 'accept-partial' as const }
    expect(await textOf(resumable(server, options))).toBe('data: 1\n\n')
  })

  test.each([400, 401, 403])('that is refused with %d is not repeated', async (status) => {
    const server = gateway(new Response('', { status }))
    const { error } = await textAndError(resumable(server, { initial: body(dropped) }))
    expect(error).toMatchObject({ kind: 'dispatch', message: `Resume failed (${status}) at event 0.` })
    expect(server.urls).toHaveLength(1)
  })
})

test('a binding without fetch is an error once there is something to resume', async () => {
  expect(await textOf(resumable({ binding: {} }, { initial: body(done) }))).toBe(done)
  const { error } = await textAndError(resumable({ binding: {} }, { initial: body(dropped) }))
  expect(error).toMatchObject({ name: 'GatewayDelegateError', kind: 'config' })
})

describe('an abort', () => {
  const forever = { after: new Promise<never>(() => {}) }

  /** A body that never gives anything, and whether it has been let go. */
  function silent() {
    const seen = { canceled: 0 }
    const stream = new ReadableStream<Uint8Array>({ cancel: () => void (seen.canceled += 1) }, { highWaterMark: 0 })
    return { stream, seen }
  }

  test('fails a pending read with the reason and lets the body go', async () => {
    const { stream, seen } = silent()
    const abort = new AbortController()
    const server = gateway()
    const read = resumable(server, { initial: stream, signal: abort.signal }).getReader().read()
    abort.abort()
    await expect(read).rejects.toMatchObject({ name: 'AbortError' })
    expect(seen.canceled).toBe(1)
    expect(server.urls).toEqual([])
  })

  test('before the start reads nothing', async () => {
    const { stream, seen } = silent()
    const server = gateway()
    const reason = new Error('no longer wanted')
    const { error } = await textAndError(resumable(server, { initial: stream, signal: AbortSignal.abort(reason) }))
    expect(error).toBe(reason)
    expect(seen.canceled).toBe(1)
  })

  test('while the body fails starts no request and never hangs the reader', async () => {
    const abort = new AbortController()
    const server = gateway()
    const failing = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          abort.abort()
          controller.error(new Error('aborted upstream'))
        },
      },
      { highWaterMark: 0 },
    )
    const { error } = await textAndError(resumable(server, { initial: failing, signal: abort.signal }))
    expect(error).toMatchObject({ name: 'AbortError' })
    expect(server.urls).toEqual([])
  })

  test('during a resume request reaches that request', async () => {
    const abort = new AbortController()
    const asked = deferred<RequestInit | undefined>()
    const binding = {
      fetch: (_url: string, init?: RequestInit) => {
        asked.resolve(init)
        return new Promise<Response>(() => {})
      },
    }
    const read = resumable({ binding }, { signal: abort.signal }).getReader().read()
    const init = await asked.promise
    abort.abort()
    await expect(read).rejects.toMatchObject({ name: 'AbortError' })
    expect(init?.signal?.aborted).toBe(true)
  })

  test('during a pause ends it and starts no request', async () => {
    const abort = new AbortController()
    const server = gateway(new Response('', { status: 503 }))
    const pausing = deferred<AbortSignal>()
    const sleep = async (_ms: number, signal: AbortSignal): Promise<void> => {
      pausing.resolve(signal)
      await forever.after
    }
    const read = resumable(server, { signal: abort.signal, sleep }).getReader().read()
    const signal = await pausing.promise
    abort.abort()
    await expect(read).rejects.toMatchObject({ name: 'AbortError' })
    expect(signal.aborted).toBe(true)
    expect(server.urls).toHaveLength(2)
  })

  test('lets go of an answer that comes too late', async () => {
    const { stream, seen } = silent()
    const abort = new AbortController()
    const answer = deferred<Response>()
    const binding = { fetch: () => answer.promise }
    const read = resumable({ binding }, { signal: abort.signal }).getReader().read()
    await settled()
    abort.abort()
    await expect(read).rejects.toMatchObject({ name: 'AbortError' })
    answer.resolve(new Response(stream))
    await settled()
    expect(seen.canceled).toBe(1)
  })

  test('of the reader lets the body go and starts no request', async () => {
    const { stream, seen } = silent()
    const server = gateway()
    const reader = resumable(server, { initial: stream }).getReader()
    const read = reader.read()
    await reader.cancel('enough')
    expect(await read).toEqual({ done: true, value: undefined })
    expect(seen.canceled).toBe(1)
    expect(server.urls).toEqual([])
  })

  test('of the reader reaches a resume request', async () => {
    const asked = deferred<RequestInit | undefined>()
    const binding = {
      fetch: (_url: string, init?: RequestInit) => {
        asked.resolve(init)
        return new Promise<Response>(() => {})
      },
    }
    const reader = resumable({ binding }, {}).getReader()
    const read = reader.read()
    const init = await asked.promise
    await reader.cancel()
    expect(await read).toEqual({ done: true, value: undefined })
    expect(init?.signal?.aborted).toBe(true)
  })

  test('after the end changes nothing', async () => {
    const abort = new AbortController()
    const stream = resumable(gateway(), { initial: body(done), signal: abort.signal })
    expect(await textOf(stream)).toBe(done)
    abort.abort()
  })
})

test('nothing is read ahead of the reader', async () => {
  let pulled = 0
  const endless = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        pulled += 1
        controller.enqueue(bytesOf(`data: ${pulled}\n\n`))
      },
    },
    { highWaterMark: 0 },
  )
  const reader = resumable(gateway(), { initial: endless }).getReader()
  await settled()
  expect(pulled).toBe(0)
  await reader.read()
  await settled()
  expect(pulled).toBe(1)
  await reader.cancel()
})

describe('over any broken connections', () => {
  interface Cut {
    /** Where in the rest of the run the connection ends. */
    at: number
    how: 'drop' | 'close' | 'refuse'
    /** Sizes of the chunks. */
    sizes: number[]
  }

  const line = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 10 }).map((text) => `data: ${text.replaceAll(/[\r\n]/g, '')}`),
    fc.constantFrom(': ping', 'event: delta', 'id: 3', 'data'),
  )
  const lineEnd = fc.constantFrom('\n', '\r\n')
  const event = fc
    .tuple(fc.array(fc.tuple(line, lineEnd), { minLength: 1, maxLength: 3 }), lineEnd)
    .map(([lines, blank]) => lines.flat().join('') + blank)
  const cut: fc.Arbitrary<Cut> = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    how: fc.constantFrom('drop', 'close', 'refuse'),
    sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
  })

  function chunks(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
    const pieces: Uint8Array[] = []
    for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
      const size = sizes[turn % sizes.length] ?? 1
      pieces.push(bytes.slice(at, at + size))
      at += size
    }
    return pieces
  }

  interface Plan {
    payload: string[]
    cuts: Cut[]
    first: number
    paces: number[]
  }

  const plan: fc.Arbitrary<Plan> = fc.record({
    payload: fc.array(event, { maxLength: 8 }),
    cuts: fc.array(cut, { maxLength: 8 }),
    first: fc.nat(),
    paces: fc.array(fc.nat(2), { minLength: 1, maxLength: 5 }),
  })

  /**
   * Serves the events by the plan. It never says twice at one place that the run is over when it is not, nor once after
   * the end mark without its blank line: nobody could tell that from an end.
   */
  function serve(events: string[], cuts: Cut[]): ResumableStreamOptions['binding'] {
    const plan = cuts.values()
    const ends = new Set<number>()
    const answer = (from: number): Response => {
      const bytes = bytesOf(events.slice(from).join(''))
      const { value } = plan.next()
      if (value === undefined) return new Response(body(...chunks(bytes, [4])))
      if (value.how === 'refuse') return new Response('busy', { status: 503 })

      const part = bytes.subarray(0, Math.round(value.at * bytes.length))
      const lengths = events.map((_, index) => bytesOf(events.slice(from, index + 1).join('')).length)
      const reached = lengths.filter((length, index) => index >= from && length <= part.length).length + from
      const saysEnd = /data: \[DONE\]\s*$/.test(new TextDecoder().decode(part))
      const closed = value.how === 'close' && !ends.has(reached) && !saysEnd
      if (closed) ends.add(reached)
      return new Response(body(...chunks(part, value.sizes), ...(closed ? [] : [dropped])))
    }
    return { fetch: async (url) => answer(Number(new URL(url).searchParams.get('from'))) }
  }

  test('the bytes are those of the whole run from any event on, at any pace', async () => {
    const property = fc.asyncProperty(plan, async ({ payload, cuts, first, paces }) => {
      const events = [...payload, done]
      const fromEvent = first % (events.length + 1)
      const progress: number[] = []
      const onProgress = (count: number): unknown => progress.push(count)
      const options = { fromEvent, maxReconnects: 10, onProgress }
      const reader = resumable({ binding: serve(events, cuts) }, options).getReader()
      const received: Uint8Array[] = []
      for (let turn = 0; ; turn += 1) {
        const { done: ended, value } = await reader.read()
        if (ended) break
        received.push(value)
        for (let pause = paces[turn % paces.length] ?? 0; pause > 0; pause -= 1) await Promise.resolve()
      }

      expect(Buffer.concat(received).toString()).toBe(events.slice(fromEvent).join(''))
      expect(progress).toEqual(progress.toSorted((a, b) => a - b))
      expect(progress.at(-1) ?? events.length).toBe(events.length)
    })
    await fc.assert(property, { numRuns: 1000 })
  })
})
