import { expect, test } from 'vitest'
import { startMemoryGateway } from '../__fixtures__/memory-gateway.ts'

const answer = async (): Promise<Response> =>
  Response.json({ choices: [{ message: { role: 'assistant', content: 'hi' } }], usage: { prompt_tokens: 1 } })

async function traceOf(headers: Record<string, string>): Promise<unknown> {
  const { app, rows, rowsReach } = await startMemoryGateway(answer)
  await app.request('/v1/chat/completions', {
    method: 'POST',
    headers: { authorization: 'Bearer gw_test', 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model: 'openai/gpt-4o', messages: [{ role: 'user', content: 'hi' }] }),
  })
  await rowsReach(1)
  return rows[0]?.trace
}

test('the row of a request has the trace that its headers name, and none where they name none', async () => {
  const trace_id = '0af7651916cd43dd8448eb211c80319c'
  const parent_span_id = 'b7ad6b7169203331'
  expect(await traceOf({ 'cf-aig-otel-trace-id': trace_id, 'cf-aig-otel-parent-span-id': parent_span_id })).toEqual({
    trace_id,
    parent_span_id,
  })
  expect(await traceOf({ 'cf-aig-otel-trace-id': trace_id })).toEqual({ trace_id })
  expect(await traceOf({})).toBe(undefined)
})
