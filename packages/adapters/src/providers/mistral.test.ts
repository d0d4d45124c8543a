import { expect, test } from 'vitest'
import { mistral } from './mistral.ts'

test('a request has the names that Mistral knows', () => {
  const body = {
    seed: 7,
    max_completion_tokens: 5,
    tool_choice: 'required',
    stream: true,
    stream_options: { include_usage: true },
  }
  expect(mistral.encode?.(body)).toEqual({ random_seed: 7, max_tokens: 5, tool_choice: 'any', stream: true })
})

test('dimensions of embeddings have the name that Mistral knows', () => {
  const encode = mistral.embeddings?.encode
  expect(encode?.({ input: 'a', dimensions: 64 })).toEqual({ input: 'a', output_dimension: 64 })
})

test('ids of calls have nine letters or digits, the same for call and result', () => {
  const call = (id: string) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } })
  const messages = [
    { role: 'developer', content: 'Be brief.' },
    { role: 'assistant', content: '', tool_calls: [call('call_abcdefghijklmnop'), call('Abc123xyz')] },
    { role: 'tool', tool_call_id: 'call_abcdefghijklmnop', content: 'a' },
    { role: 'tool', tool_call_id: 'Abc123xyz', content: 'b' },
  ]
  const id = expect.stringMatching(/^[a-zA-Z0-9]{9}$/)
  const written = mistral.encode?.({ messages })
  expect(written).toEqual({
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'assistant', content: '', tool_calls: [{ ...call('Abc123xyz'), id }, call('Abc123xyz')] },
      { role: 'tool', tool_call_id: id, content: 'a' },
      { role: 'tool', tool_call_id: 'Abc123xyz', content: 'b' },
    ],
  })
  expect(mistral.encode?.({ messages })).toEqual(written)
  const [, assistant, result] = JSON.parse(JSON.stringify(written)).messages
  expect(assistant.tool_calls[0].id).toBe(result.tool_call_id)
})
