import { expect, test } from 'vitest'
import { commonUrls } from './supported-urls.ts'

const any = /^https:\/\/.*$/
const accepts = (patterns: readonly RegExp[] | undefined, url: string) =>
  patterns?.some((pattern) => pattern.test(url)) ?? false

test('one model’s URLs are its own', async () => {
  expect(await commonUrls([{ 'image/*': [any] }])).toEqual({ 'image/*': [any] })
  expect(await commonUrls([])).toEqual({})
})

test('of several, what all read', async () => {
  expect(
    await commonUrls([{ 'image/*': [any], 'application/pdf': [any] }, Promise.resolve({ 'image/*': [any] })]),
  ).toEqual({
    'image/*': [any],
  })
  expect(await commonUrls([{ 'image/*': [any] }, {}])).toEqual({})
})

test.each([
  ['*', 'image/*', 'image/*'],
  ['*/*', 'application/pdf', 'application/pdf'],
  ['image/png', 'image/*', 'image/png'],
  ['image/*', 'image/*', 'image/*'],
])('%s and %s have %s in common', async (a, b, common) => {
  expect(Object.keys(await commonUrls([{ [a]: [any] }, { [b]: [any] }]))).toEqual([common])
})

test.each([
  ['image/*', 'audio/*'],
  ['image/png', 'image/jpeg'],
])('%s and %s have nothing in common', async (a, b) => {
  expect(await commonUrls([{ [a]: [any] }, { [b]: [any] }])).toEqual({})
})

test('a URL must match a pattern of each model, wherever it is anchored', async () => {
  const files = /^https:\/\/files\.example\//
  const pdf = /\.pdf$/
  const { '*': patterns } = await commonUrls([{ '*': [files] }, { '*': [pdf] }])
  expect(accepts(patterns, 'https://files.example/a.pdf')).toBe(true)
  expect(accepts(patterns, 'https://files.example/a.png')).toBe(false)
  expect(accepts(patterns, 'https://other.example/files.example/a.pdf')).toBe(false)
})

test('patterns that can’t be joined are left out, so that the file is downloaded', async () => {
  expect(await commonUrls([{ '*': [/a/i] }, { '*': [/a/] }])).toEqual({})
})
