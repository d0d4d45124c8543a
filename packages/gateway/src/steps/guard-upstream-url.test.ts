import { expect, test } from 'vitest'
import { guardUpstreamUrl } from './guard-upstream-url.ts'

const isBlocked = (url: string, allowPrivate = false): boolean => {
  try {
    guardUpstreamUrl(new URL(url), allowPrivate)
    return false
  } catch {
    return true
  }
}

test.each(['https://api.openai.com/v1', 'https://8.8.8.8/', 'https://172.32.0.1/', 'https://[2606:4700::1111]/'])(
  'lets %s pass',
  (url) => {
    expect(isBlocked(url)).toBe(false)
  },
)

test.each([
  'http://api.openai.com/v1',
  'ftp://example.com/',
  'https://localhost/',
  'https://localhost./',
  'https://foo.localhost/',
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://0177.0.0.1/',
  'https://10.1.2.3/',
  'https://172.16.0.1/',
  'https://192.168.1.1/',
  'https://169.254.169.254/latest/meta-data',
  'https://100.64.0.1/',
  'https://0.0.0.0/',
  'https://[::1]/',
  'https://[::]/',
  'https://[::ffff:10.0.0.1]/',
  'https://[fd00::1]/',
  'https://[fe80::1]/',
  'https://metadata.google.internal/',
  'https://user:pass@example.com/',
])('blocks %s', (url) => {
  expect(isBlocked(url)).toBe(true)
})

test('private addresses pass where the operator allows them, other schemes never', () => {
  expect([isBlocked('http://127.0.0.1:11434/', true), isBlocked('file:///etc/passwd', true)]).toEqual([false, true])
})
