import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTape, type Tape } from './create-tape.ts'
import { createMemoryTapeStore } from './tape-store.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const newTape = (): Tape => createTape({ store: createMemoryTapeStore() })
const textOf = (tape: Pick<Tape, 'read'>, from: number): Promise<string> => new Response(tape.read(from)).text()

/** Events of any size, with LF inside and some larger than what the tape holds in memory. */
const events = fc.array(
  fc.oneof(
    fc.stringMatching(/^data: [a-z]{0,30}\n\n$/),
    fc.constant(': ping\n\n'),
    fc.constant(`data: ${'x'.repeat(40_000)}\n\n`),
    fc.constant('event: a\ndata: ü\n\n'),
  ),
  { maxLength: 12 },
)

/** The bytes of a text in chunks of the given sizes, over and over. */
function chunksOf(text: string, sizes: readonly number[]): Uint8Array[] {
  const bytes = encode(text)
  const chunks: Uint8Array[] = []
  for (let at = 0, turn = 0; at < bytes.byteLength; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1
    chunks.push(bytes.slice(at, at + size))
    at += size
  }
  return chunks
}

const chunkSizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1000, max: 70_000 })), {
  minLength: 2,
  maxLength: 5,
})

test('a finished tape gives back every byte from any event on, however it was cut', async () => {
  await fc.assert(
    fc.asyncProperty(events, chunkSizes, async (list, sizes) => {
      const tape = newTape()
      for (const chunk of chunksOf(list.join(''), sizes)) tape.write(chunk)
      tape.end()
      for (let from = 0; from <= list.length + 1; from += 1) {
        expect(await textOf(tape, from)).toBe(list.slice(from).join(''))
      }
    }),
    { numRuns: 60 },
  )
})

test('readers that come while the tape is made get the same as those who come later', async () => {
  await fc.assert(
    fc.asyncProperty(events, chunkSizes, fc.nat(12), async (list, sizes, from) => {
      const tape = newTape()
      const early = textOf(tape, from)
      const late: Promise<string>[] = []
      for (const chunk of chunksOf(list.join(''), sizes)) {
        tape.write(chunk)
        if (late.length < 20) late.push(textOf(tape, from))
        await Promise.resolve()
      }
      tape.end()
      const expected = list.slice(from).join('')
      expect(await early).toBe(expected)
      for (const text of await Promise.all(late)) expect(text).toBe(expected)
    }),
    { numRuns: 40 },
  )
})

test('CRLF becomes LF, also where a chunk ends between the two', async () => {
  const text = 'data: a\r\n\r\ndata: b\r\ndata: c\r\n\r\ndata: \rd\r\n\r\n'
  for (const size of [1, 2, 3, 7, 1000]) {
    const tape = newTape()
    for (const chunk of chunksOf(text, [size])) tape.write(chunk)
    tape.end()
    expect(await textOf(tape, 0)).toBe('data: a\n\ndata: b\ndata: c\n\ndata: \rd\n\n')
    expect(await textOf(tape, 1)).toBe('data: b\ndata: c\n\ndata: \rd\n\n')
    expect(await textOf(tape, 3)).toBe('')
  }
})

test('an event that has not ended is there all the same', async () => {
  const tape = newTape()
  tape.write(encode('data: a\n\ndata: half'))
  tape.end()
  expect(await textOf(tape, 1)).toBe('data: half')
  expect(await textOf(tape, 2)).toBe('')
})

test('a stream that broke off gives its bytes first and its reason then', async () => {
  const tape = newTape()
  tape.write(encode('data: a\n\n'))
  tape.end(new Error('The provider is gone.'))
  const reader = tape.read(0).getReader()
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('data: a\n\n')
  await expect(reader.read()).rejects.toThrow('The provider is gone.')
})

test('a tape can be opened again from its store', async () => {
  const store = createMemoryTapeStore()
  const tape = createTape({ store })
  tape.write(encode(`data: ${'a'.repeat(50_000)}\n\ndata: b\n\n`))
  tape.end()
  const opened = createTape({ store, ended: 'complete' })
  expect(await textOf(opened, 1)).toBe('data: b\n\n')
  expect((await textOf(opened, 0)).length).toBe(50_000 + 8 + 9)
  const broken = createTape({ store, ended: new Error('lost') })
  await expect(textOf(broken, 0)).rejects.toThrow('lost')
})

test('a reader who stops reading takes nothing from the others', async () => {
  const tape = newTape()
  const slow = tape.read(0).getReader()
  tape.write(encode('data: a\n\n'))
  await slow.read()
  tape.write(encode('data: b\n\n'))
  tape.end()
  await slow.cancel()
  expect(await textOf(tape, 0)).toBe('data: a\n\ndata: b\n\n')
})
