import { expect, test } from 'vitest'
import { toCurl } from './to-curl.ts'

test('a request becomes a command that a shell takes as it is', () => {
  const row = { path: '/v1/chat/completions', requested_model: 'openai/gpt-4o', metadata: { team: 'search' } }
  expect(toCurl(row, 'https://gw.example', `{"content":"it's"}`)).toBe(
    [
      `curl 'https://gw.example/v1/chat/completions' \\`,
      `  -H "authorization: Bearer $GW_KEY" \\`,
      `  -H 'content-type: application/json' \\`,
      `  -H 'cf-aig-metadata: {"team":"search"}' \\`,
      `  -d '{"content":"it'\\''s"}'`,
    ].join('\n'),
  )
})

test('without a kept body it asks the same model', () => {
  const row = { path: '/v1/messages', requested_model: 'anthropic/claude', metadata: {} }
  expect(toCurl(row, 'https://gw.example', undefined)).toContain('"model":"anthropic/claude"')
})
