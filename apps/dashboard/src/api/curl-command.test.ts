import { expect, test } from 'vitest'
import { curlCommand } from './curl-command.ts'

test('a quote in what is said does not end the word', () => {
  const command = curlCommand({
    url: 'https://gw.test/v1/chat/completions',
    headers: { 'cf-aig-gateway-id': 'b' },
    body: { text: "it's" },
  })
  expect(command).toBe(
    [
      "curl 'https://gw.test/v1/chat/completions'",
      '  -H "authorization: Bearer $GW_KEY"',
      "  -H 'content-type: application/json'",
      "  -H 'cf-aig-gateway-id: b'",
      String.raw`  -d '{"text":"it'\''s"}'`,
    ].join(' \\\n'),
  )
})
