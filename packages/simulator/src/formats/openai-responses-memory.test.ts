import { expect, test } from 'vitest'
import { send } from '../__fixtures__/call.ts'
import { createSimulator } from '../create-simulator.ts'

const headers = { authorization: 'Bearer k' }

function start() {
  const simulator = createSimulator()
  return async (body: object) => {
    const response = await send('/openai/v1/responses', { model: 'gpt-5-mini', ...body }, { simulator, headers })
    return { status: response.status, answer: await response.json() }
  }
}

const tools = [{ type: 'function', name: 'f', parameters: { type: 'object', properties: { q: { type: 'string' } } } }]
const question = { role: 'user', content: 'call f' }

test('what was kept can be referred to, thoughts too', async () => {
  const respond = start()
  const { answer } = await respond({ input: [question], tools, reasoning: { effort: 'low' } })
  const [thought, call] = answer.output
  expect([thought.type, call.type]).toEqual(['reasoning', 'function_call'])
  const references = [thought.id, call.id].map((id) => ({ type: 'item_reference', id }))
  const output = { type: 'function_call_output', call_id: call.call_id, output: 'done' }
  const next = await respond({ input: [question, ...references, output], tools })
  expect(next.answer.output[0].content[0].text).toBe('The tool said: done')
  // The same, with the items themselves.
  expect((await respond({ input: [question, thought, call, output], tools })).status).toBe(200)
})

test('an earlier response is the start of the next', async () => {
  const respond = start()
  const { answer } = await respond({ input: [question], tools })
  const output = { type: 'function_call_output', call_id: answer.output[0].call_id, output: 'done' }
  const next = await respond({ input: [output], previous_response_id: answer.id, tools })
  expect(next.answer.output[0].content[0].text).toBe('The tool said: done')
  const last = await respond({ input: 'thanks', previous_response_id: next.answer.id })
  // "call f", the call with its arguments, "done", what the tool said, "thanks".
  expect(last.answer.usage.input_tokens).toBe(2 + 2 + 1 + 4 + 1)
})

test('nothing is kept that should not be', async () => {
  const respond = start()
  const { answer } = await respond({ input: 'hello', store: false })
  const reference = { type: 'item_reference', id: answer.output[0].id }
  expect((await respond({ input: [question, reference] })).status).toBe(400)
  expect((await respond({ input: 'more', previous_response_id: answer.id })).status).toBe(400)
})
