import { expect, test } from 'vitest'
import { estimateUsage } from './estimate-usage.ts'

const inputOf = (body: unknown): number | undefined => estimateUsage(JSON.stringify(body), 0).input

test('the words of a prompt count, at four characters a token, and the frame around them does not', () => {
  const messages = [
    { role: 'system', content: 'abcd' },
    { role: 'user', content: [{ type: 'text', text: 'efgh' }] },
  ]
  expect(inputOf({ model: 'a-long-name-of-a-model', stream: true, temperature: 0.5, messages })).toBe(2)
})

test('tools count with their names, descriptions and schemas', () => {
  const tools = [
    { type: 'function', function: { name: 'abcd', description: 'efgh', parameters: { required: ['ij'] } } },
  ]
  expect(inputOf({ messages: [], tools })).toBe(3)
})

test('a file counts for a thousand tokens, however large it is', () => {
  const url = `data:image/png;base64,${'A'.repeat(1_000_000)}`
  expect(inputOf({ messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }] })).toBe(1000)
  const source = { type: 'base64', media_type: '', data: 'A'.repeat(5000) }
  expect(inputOf({ messages: [{ role: 'user', content: [{ type: 'image', source }] }] })).toBe(1000)
})

test('a body that is no JSON counts as it is, and a stream that nobody kept counts nothing', () => {
  expect(estimateUsage('abcdefgh', 10)).toEqual({ input: 2, output: 3 })
  expect(estimateUsage(new ReadableStream(), 4)).toEqual({ input: 0, output: 1 })
})
