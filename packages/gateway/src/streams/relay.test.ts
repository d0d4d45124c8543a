import type { ProviderError } from '@gw/adapters'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createBodyTap } from './create-body-tap.ts'
import { createRelay } from './relay.ts'
import { nothingSeen, type Tap } from './tap.ts'

const limits = { drainMs: 1000, drainBytes: 1000, firstByteMs: 1000, idleMs: 1000, answerBytes: 1000 }
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A tap for streams of words: `!` is output, `x` an error, `.` the end. */
function wordTap(): Tap {
  const seen = nothingSeen()
  const error: ProviderError = { type: 'upstream_error', status: 500, message: 'x' }
  return {
    seen,
    push: (chunk) => {
      const text = new TextDecoder().decode(chunk)
      seen.hasOutput ||= text.includes('!')
      seen.isFinished ||= text.includes('.')
      if (text.includes('x')) seen.error = error
      return chunk
    },
    end: () => undefined,
    fail: (failed) => {
      seen.error ??= failed
      return bytes('[error]')
    },
  }
}

function upstreamOf(words: readonly (string | Error)[]) {
  const pulled: string[] = []
  const cancel = vi.fn<() => void>()
  let index = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        const word = words[index++]
        if (word === undefined) return controller.close()
        if (word instanceof Error) return controller.error(word)
        pulled.push(word)
        controller.enqueue(bytes(word))
      },
      cancel,
    },
    { highWaterMark: 0 },
  )
  return { body, pulled, cancel }
}

function relayOf(words: readonly (string | Error)[], change: Partial<typeof limits> = {}) {
  const upstream = upstreamOf(words)
  const left = new AbortController()
  const relay = createRelay({
    upstream: upstream.body,
    tap: wordTap(),
    limits: { ...limits, ...change },
    now: () => 0,
    report: () => undefined,
    callerSignal: left.signal,
  })
  return { relay, upstream, left }
}

test('passes everything and reports a complete end', async () => {
  const { relay } = relayOf(['a', '!b', 'c.'])
  expect(await new Response(relay.body).text()).toBe('a!bc.')
  expect((await relay.done).ending).toBe('complete')
})

test('reads the upstream only as fast as the caller reads', async () => {
  const { relay, upstream } = relayOf(['a', 'b', 'c', 'd.'])
  const reader = relay.body.getReader()
  await reader.read()
  expect(upstream.pulled).toEqual(['a'])
  await reader.read()
  expect(upstream.pulled).toEqual(['a', 'b'])
})

test('an upstream that breaks off is an error to the caller and truncated in the report', async () => {
  const { relay } = relayOf(['!a', new Error('reset')])
  expect(await new Response(relay.body).text()).toBe('!a[error]')
  expect((await relay.done).ending).toBe('truncated')
})

test('an upstream that closes before its end is truncated too', async () => {
  const { relay } = relayOf(['!a'])
  expect(await new Response(relay.body).text()).toBe('!a[error]')
  expect((await relay.done).ending).toBe('truncated')
})

test('prime holds the preamble back until output, then all of it passes', async () => {
  const { relay, upstream } = relayOf(['p', 'q', '!r', 's.'])
  expect(await relay.prime({ until: 'output', timeoutMs: undefined })).toBe(undefined)
  expect(upstream.pulled).toEqual(['p', 'q', '!r'])
  expect(await new Response(relay.body).text()).toBe('pq!rs.')
})

test('prime gives the error of an upstream that fails before its output, and lets go of it', async () => {
  const { relay, upstream } = relayOf(['p', 'x', '!never'])
  expect((await relay.prime({ until: 'output', timeoutMs: undefined }))?.message).toBe('x')
  expect(upstream.cancel).toHaveBeenCalledOnce()
})

test('prime gives an error for a stream that ends without any output', async () => {
  const { relay } = relayOf(['p'])
  expect((await relay.prime({ until: 'output', timeoutMs: undefined }))?.code).toBe('upstream_truncated')
})

test('an answer that is complete without output counts as an answer', async () => {
  const { relay } = relayOf(['p.'])
  expect(await relay.prime({ until: 'output', timeoutMs: undefined })).toBe(undefined)
  expect(await new Response(relay.body).text()).toBe('p.')
  expect((await relay.done).ending).toBe('complete')
})

test('a caller who leaves is client_gone once, and the upstream is read to its end within bounds', async () => {
  const { relay, upstream, left } = relayOf(['!a', 'b', 'c.'])
  const reader = relay.body.getReader()
  await reader.read()
  await reader.cancel()
  left.abort()
  const { ending, seen } = await relay.done
  expect([ending, seen.isFinished, upstream.pulled]).toEqual(['client_gone', true, ['!a', 'b', 'c.']])
})

test('with no time to drain, the upstream is cancelled at once', async () => {
  const { relay, upstream } = relayOf(['!a', 'b', 'c.'], { drainMs: 0 })
  const reader = relay.body.getReader()
  await reader.read()
  await reader.cancel()
  expect((await relay.done).ending).toBe('client_gone')
  expect([upstream.pulled, upstream.cancel.mock.calls.length]).toEqual([['!a'], 1])
})

test('a first byte that does not come in time is a timeout', async () => {
  const silent = new ReadableStream<Uint8Array>({})
  const relay = createRelay({
    upstream: silent,
    tap: wordTap(),
    limits,
    now: () => 0,
    report: () => undefined,
    callerSignal: new AbortController().signal,
  })
  expect((await relay.prime({ until: 'byte', timeoutMs: 5 }))?.type).toBe('timeout')
})

test('after the first byte there is no limit', async () => {
  const { relay } = relayOf(['a', '!b.'])
  expect(await relay.prime({ until: 'byte', timeoutMs: 60_000 })).toBe(undefined)
  expect(await new Response(relay.body).text()).toBe('a!b.')
})

test('an upstream that falls silent is cut off after the idle limit, however long the caller took to read', async () => {
  const cancel = vi.fn<() => void>()
  const upstream = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(bytes('!a')), cancel })
  const relay = createRelay({
    upstream,
    tap: wordTap(),
    limits: { ...limits, idleMs: 5 },
    now: () => Date.now(),
    report: () => undefined,
    callerSignal: new AbortController().signal,
  })
  expect(await new Response(relay.body).text()).toBe('!a[error]')
  expect([(await relay.done).ending, cancel.mock.calls.length]).toEqual(['truncated', 1])
})

test('a tap that fails is reported, ends the stream with an error, and the row is not lost', async () => {
  const failure = new Error('our own')
  const report = vi.fn<(error: unknown) => void>()
  const { body } = upstreamOf(['!a', 'b.'])
  const tap = wordTap()
  const relay = createRelay({
    upstream: body,
    tap: {
      ...tap,
      push: (chunk) => {
        if (tap.seen.hasOutput) throw failure
        return tap.push(chunk)
      },
    },
    limits,
    now: () => 0,
    report,
    callerSignal: new AbortController().signal,
  })
  expect(await new Response(relay.body).text()).toBe('!a[error]')
  expect((await relay.done).ending).toBe('truncated')
  expect(report).toHaveBeenCalledWith(failure)
})

test('a caller who leaves after the terminal event has had all of it', async () => {
  const { relay } = relayOf(['!a', 'b.', 'c'])
  const reader = relay.body.getReader()
  await reader.read()
  await reader.read()
  await reader.cancel()
  expect((await relay.done).ending).toBe('complete')
})

/** Starts with these words and then falls silent. */
function silentAfter(...words: string[]) {
  const cancel = vi.fn<() => void>()
  const start = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    for (const word of words) controller.enqueue(bytes(word))
  }
  return { body: new ReadableStream<Uint8Array>({ start, cancel }), cancel }
}

const bodyRelay = (upstream: ReadableStream<Uint8Array>, change: Partial<typeof limits>) =>
  createRelay({
    upstream,
    tap: createBodyTap({ isText: true, read: () => ({ usage: undefined, model: 'm', outputCharacters: 1 }) }),
    limits: { ...limits, ...change },
    now: () => Date.now(),
    report: () => undefined,
    callerSignal: new AbortController().signal,
  })

test('a body without events that falls silent breaks off for the caller too, after all that came', async () => {
  const { body, cancel } = silentAfter('{"a":1', ',"b"')
  const relay = bodyRelay(body, { idleMs: 5 })
  const reader = relay.body.getReader()
  const first = await reader.read()
  const second = await reader.read()
  await expect(reader.read()).rejects.toThrow('The provider closed the stream before its end.')
  expect([first.value, second.value]).toEqual([bytes('{"a":1'), bytes(',"b"')])
  expect([(await relay.done).ending, cancel.mock.calls.length]).toEqual(['truncated', 1])
})

test('a body without events that the upstream resets breaks off for the caller too', async () => {
  const relay = bodyRelay(upstreamOf(['{"a":1', new Error('reset')]).body, {})
  await expect(new Response(relay.body).text()).rejects.toThrow('The provider closed the stream before its end.')
  expect((await relay.done).ending).toBe('truncated')
})

test('what is read of a cut body is in the report', async () => {
  const relay = bodyRelay(silentAfter('{"a":1}').body, { idleMs: 5 })
  expect(await relay.readShort()).toMatchObject({ ending: 'truncated', seen: { isFinished: false, model: 'm' } })
})

test('an upstream that is let go of while the caller is gone is not finished', async () => {
  const relay = bodyRelay(silentAfter('{"a":1').body, { drainMs: 5 })
  const reader = relay.body.getReader()
  await reader.read()
  await reader.cancel()
  expect(await relay.done).toMatchObject({ ending: 'client_gone', seen: { isFinished: false } })
})

test('a first byte that does not come in time is no complete answer', async () => {
  const relay = bodyRelay(silentAfter().body, {})
  expect((await relay.prime({ until: 'byte', timeoutMs: 5 }))?.type).toBe('timeout')
  expect((await relay.done).ending).toBe('truncated')
})

/** Closed by the first full stop. */
function closingRelay(upstream: ReadableStream<Uint8Array>) {
  const tap = wordTap()
  return createRelay({
    upstream,
    tap: { ...tap, isClosed: () => tap.seen.isFinished },
    limits,
    now: () => 0,
    report: () => undefined,
    callerSignal: new AbortController().signal,
  })
}

test('a body ends with its closing events, and an upstream that stays open is let go of', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const { body, cancel } = silentAfter('!a', 'b.')
  const relay = closingRelay(body)
  expect(await new Response(relay.body).text()).toBe('!ab.')
  expect([(await relay.done).ending, cancel.mock.calls.length]).toEqual(['complete', 0])
  await vi.advanceTimersByTimeAsync(1000)
  expect(cancel).toHaveBeenCalledOnce()
})

test('a body ends with its closing events, and an upstream that closes by itself is not cancelled', async () => {
  const { body, pulled, cancel } = upstreamOf(['!a', 'b.'])
  const relay = closingRelay(body)
  expect(await new Response(relay.body).text()).toBe('!ab.')
  expect([(await relay.done).ending, pulled, cancel.mock.calls.length]).toEqual(['complete', ['!a', 'b.'], 0])
})
