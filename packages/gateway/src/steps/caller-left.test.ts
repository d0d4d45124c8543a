import { expect, test } from 'vitest'
import { startMemoryGateway } from '../__fixtures__/memory-gateway.ts'

/** A body that breaks off after its first bytes, with or without its length. */
function brokenRequest(headers: Record<string, string>): RequestInit & { duplex: 'half' } {
  const body = new ReadableStream({
    pull: (controller) => {
      controller.enqueue(new TextEncoder().encode('{"model": '))
      controller.error(new TypeError('terminated'))
    },
  })
  return { method: 'POST', headers: { authorization: 'Bearer gw_test', ...headers }, body, duplex: 'half' }
}

test.each([
  ['/v1/chat/completions', {}],
  ['/v1/chat/completions', { 'content-length': '100' }],
  ['/v1/acc/default', {}],
  ['/v1/acc/default/openai/v1/chat/completions', { 'content-type': 'application/json' }],
])('a caller who leaves while sending to %s is gone, and nothing of ours is wrong', async (path, headers) => {
  const sent: string[] = []
  const { app, rows, rowsReach, reports } = await startMemoryGateway(async (request) => {
    sent.push(request.url)
    return Response.json({})
  })
  const response = await app.request(path, brokenRequest(headers))
  expect(response.status).toBe(499)
  await rowsReach(1)
  expect(rows).toMatchObject([{ status_code: 499, ending: 'client_gone', cost_nano_usd: 0, success: false }])
  expect([sent, reports]).toEqual([[], []])
})
