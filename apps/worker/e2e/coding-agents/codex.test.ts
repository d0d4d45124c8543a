import { describe, expect, test } from 'vitest'
import { rowsMarked, uniqueWord, upstreamRequests } from '../gateway-under-test.ts'
import { askCodex, codexRequest, itemsOf, outputsOf, type CodexItem } from './codex.ts'

const upstreams = [
  { provider: 'openai', model: 'gpt-5-mini' },
  { provider: 'anthropic', model: 'claude-sonnet-4-5' },
  // It wants its signatures back.
  { provider: 'google-ai-studio', model: 'gemini-3-pro-preview' },
]

const user = (text: string) => ({ type: 'message', role: 'user', content: [{ type: 'input_text', text }] })

const run = ({ name }: CodexItem): string => (name === 'shell' ? 'Exit code: 0\nOutput: a.txt' : 'Done!')

/** Three turns of a session: both kinds of tools are called and answered, then more is said. */
async function runSession(model: string, word: string) {
  const developer = { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'No network.' }] }
  const question = [
    developer,
    user('<environment_context>/src</environment_context>'),
    user(`call shell and apply_patch ${word}`),
  ]
  const firstSent = codexRequest(model, question, word)
  const first = await askCodex(firstSent, word)
  const items = itemsOf(first)
  const history = [...question, ...items, ...outputsOf(items, run)]
  const secondSent = codexRequest(model, history, word)
  const second = await askCodex(secondSent, word)
  const third = await askCodex(codexRequest(model, [...history, ...itemsOf(second), user(`hello ${word}`)], word), word)
  return { events: [first, second, third], items, sent: [firstSent, secondSent] }
}

const textOf = (items: readonly CodexItem[]): string =>
  JSON.stringify(items.filter(({ type }) => type === 'message').map(({ content }) => content))

describe.concurrent.each(upstreams)('Codex · $provider', ({ provider, model }) => {
  test('calls tools of both kinds, sends results and goes on', async () => {
    const word = uniqueWord()
    const { events, items } = await runSession(`${provider}/${model}`, word)
    const calls = items.filter(({ type }) => type.endsWith('_call'))
    expect(calls).toEqual([
      { type: 'function_call', call_id: expect.any(String), name: 'shell', arguments: '{"command":["command"]}' },
      { type: 'custom_tool_call', call_id: expect.any(String), name: 'apply_patch', input: 'input' },
    ])
    // Thoughts can go back, and did: these providers refuse what is not theirs.
    expect(items.find(({ type }) => type === 'reasoning')).toMatchObject({ encrypted_content: expect.any(String) })
    expect(textOf(itemsOf(events[1] ?? []))).toMatch(/The tool said: .*Exit code: 0.*Done!/)
    expect(textOf(itemsOf(events[2] ?? []))).toContain(`You said: hello ${word}`)

    const reached = await upstreamRequests(word)
    expect(reached.map(({ provider: by, status }) => [by, status])).toEqual(
      Array.from({ length: 3 }, () => [provider, 200]),
    )
    const rows = await rowsMarked(word, 3)
    expect(rows.map(({ success, ending, surface }) => [success, ending, surface])).toEqual(
      Array.from({ length: 3 }, () => [true, 'complete', 'responses']),
    )
  })

  test('hears the events of a response in order', async () => {
    const word = uniqueWord()
    const { events } = await runSession(`${provider}/${model}`, word)
    for (const told of events) {
      expect(told.map(({ sequence_number }) => sequence_number)).toEqual(told.map((_, index) => index))
      const types = told.map(({ type }) => type)
      expect([types[0], types.at(-1)]).toEqual(['response.created', 'response.completed'])
      const count = (type: string): number => types.filter((each) => each === type).length
      expect(count('response.output_item.done')).toBe(count('response.output_item.added'))
      expect(told.at(-1)?.response).toMatchObject({ status: 'completed', usage: { input_tokens: expect.any(Number) } })
    }
    const [first = []] = events
    const types = new Set(first.map(({ type }) => type))
    expect(types).toContain('response.function_call_arguments.done')
    expect(types).toContain('response.custom_tool_call_input.done')
  })
})

test.concurrent('OpenAI gets what Codex sent, with the name of the model changed', async () => {
  const word = uniqueWord()
  const { sent } = await runSession('openai/gpt-5-mini', word)
  const reached = await upstreamRequests(word)
  for (const [index, body] of sent.entries()) {
    expect(reached[index]).toMatchObject({ path: '/v1/responses', body: { ...body, model: 'gpt-5-mini' } })
  }
})

test.concurrent.each(upstreams.slice(1))('$provider gets each call and its result under one id', async (upstream) => {
  const word = uniqueWord()
  await runSession(`${upstream.provider}/${upstream.model}`, word)
  const [, second] = await upstreamRequests(word)
  const text = JSON.stringify(second?.body)
  for (const name of ['shell', 'apply_patch', 'update_plan']) expect(text).toContain(`"${name}"`)
  const ids = [...text.matchAll(/"(?:tool_use_id|id)":"([^"]+)"/g)].map(([, id]) => id)
  const counts = new Map(ids.map((id) => [id, ids.filter((other) => other === id).length]))
  expect([...counts.values()].filter((count) => count === 2)).toHaveLength(2)
})
