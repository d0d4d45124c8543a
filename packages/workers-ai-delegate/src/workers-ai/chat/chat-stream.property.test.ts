import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { chatModel, hello } from '../__fixtures__/chat-model.ts'
import { collect, sse } from '../__fixtures__/streams.ts'

/** The text in pieces that end at these places. */
function cut(text: string, places: readonly number[]): string[] {
  const ends = [...new Set([0, ...places.map((place) => place % (text.length + 1)), text.length])].toSorted(
    (a, b) => a - b,
  )
  return ends.slice(1).map((end, index) => text.slice(ends[index], end))
}

/** A body whose bytes are cut at these places. */
function cutStream(text: string, places: readonly number[]): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  const ends = [...new Set([...places.map((place) => place % (bytes.length + 1)), bytes.length])].toSorted(
    (a, b) => a - b,
  )
  let start = 0
  return new ReadableStream({
    pull: (controller) => {
      const end = ends.shift()
      if (end === undefined) return controller.close()
      controller.enqueue(bytes.slice(start, end))
      start = end
    },
  })
}

const places = fc.array(fc.nat(), { maxLength: 8 })
const isNative = fc.boolean()

test('text and thoughts arrive whole however they are told and cut', async () => {
  const pieces = fc.array(fc.record({ isThought: fc.boolean(), text: fc.string({ unit: 'grapheme' }) }), {
    maxLength: 12,
  })
  await fc.assert(
    fc.asyncProperty(pieces, isNative, places, async (told, native, cuts) => {
      const said = native ? told.filter(({ isThought }) => !isThought) : told
      const events = said.map(({ isThought, text }) =>
        native
          ? { response: text }
          : { choices: [{ delta: isThought ? { reasoning_content: text } : { content: text } }] },
      )
      const { model } = chatModel(() => cutStream(sse(...events, '[DONE]'), cuts))
      const parts = await collect((await model.doStream({ prompt: hello })).stream)
      const arrived = (type: string) =>
        parts.map((part) => (part.type === type && 'delta' in part ? part.delta : '')).join('')
      const expected = (isThought: boolean) => said.map((one) => (one.isThought === isThought ? one.text : '')).join('')
      expect([arrived('text-delta'), arrived('reasoning-delta')]).toEqual([expected(false), expected(true)])
      expect(parts.at(-1)).toMatchObject({ type: 'finish', finishReason: { unified: 'stop' } })
      const opened = parts.filter(({ type }) => /^(?:text|reasoning)-start$/.test(type)).length
      expect(parts.filter(({ type }) => /^(?:text|reasoning)-end$/.test(type))).toHaveLength(opened)
    }),
  )
})

test('calls arrive whole however their arguments are cut, in turns or one after the other', async () => {
  const args = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })
  const calls = fc.array(fc.record({ args, places }), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(calls, fc.boolean(), places, async (told, inTurns, cuts) => {
      const pieces = told.map((call, index) =>
        cut(JSON.stringify(call.args), call.places).map((text, nth) => ({
          nth,
          piece: {
            index,
            ...(nth === 0 && { id: 'same' }),
            function: { ...(nth === 0 && { name: `f${index}` }), arguments: text },
          },
        })),
      )
      const ordered = inTurns ? pieces.flat().toSorted((a, b) => a.nth - b.nth) : pieces.flat()
      const events = ordered.map(({ piece }) => ({ choices: [{ delta: { tool_calls: [piece] } }] }))
      const { model } = chatModel(() => cutStream(sse(...events, '[DONE]'), cuts))
      const parts = await collect((await model.doStream({ prompt: hello })).stream)
      const arrived = parts.flatMap((part) => (part.type === 'tool-call' ? [part] : []))
      const inputs = Object.fromEntries(arrived.map(({ toolName, input }) => [toolName, JSON.parse(input)]))
      const expected = told.map((call, index) => [`f${index}`, JSON.parse(JSON.stringify(call.args))])
      expect(inputs).toEqual(Object.fromEntries(expected))
      expect(new Set(arrived.map(({ toolCallId }) => toolCallId)).size).toBe(told.length)
    }),
  )
})

test('a stream that is cut anywhere ends with one finish and no call of half its arguments', async () => {
  const piece = (fields: object) => ({ choices: [{ delta: { tool_calls: [fields] } }] })
  const whole = sse(
    { choices: [{ delta: { content: 'Wait.' } }] },
    piece({ index: 0, id: 'a', function: { name: 'now', arguments: '{"tz":' } }),
    piece({ index: 0, function: { arguments: '"UTC"}' } }),
    { choices: [{ delta: {}, finish_reason: 'tool_calls' }] },
    '[DONE]',
  )
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: whole.length }), places, async (length, cuts) => {
      const { model } = chatModel(() => cutStream(whole.slice(0, length), cuts))
      const parts = await collect((await model.doStream({ prompt: hello })).stream)
      expect(parts.filter(({ type }) => type === 'finish')).toEqual([parts.at(-1)])
      const inputs = parts.flatMap((part) => (part.type === 'tool-call' ? [part.input] : []))
      expect(inputs.filter((input) => input !== '{"tz":"UTC"}')).toEqual([])
    }),
  )
})
