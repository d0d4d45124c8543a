import type Anthropic from '@anthropic-ai/sdk'
import { describe, expect, test } from 'vitest'
import { pngDataUrl } from '../chat-drivers/chat-driver.ts'
import { rowsMarked, uniqueWord, upstreamRequests } from '../gateway-under-test.ts'
import { agentTools } from './agent-tools.ts'
import { claudeCodeBetas, claudeCodeClient, claudeCodeCount, claudeCodeRequest, type Turn } from './claude-code.ts'

type Block = Anthropic.Beta.BetaContentBlockParam

const upstreams = [
  { provider: 'anthropic', model: 'claude-sonnet-4-5' },
  { provider: 'openai', model: 'gpt-5-mini' },
  // It wants its signatures back.
  { provider: 'google-ai-studio', model: 'gemini-3-pro-preview' },
]

const image = {
  type: 'image' as const,
  source: { type: 'base64' as const, media_type: 'image/png' as const, data: pngDataUrl.replace(/^.*,/, '') },
}

/** A command that failed, and a file that is a picture. */
const resultOf = ({ id, name }: { id: string; name: string }): Block => ({
  type: 'tool_result',
  tool_use_id: id,
  ...(name === 'Read'
    ? { content: [{ type: 'text', text: 'A picture.' }, image] }
    : { is_error: true, content: 'Exit code 1' }),
})

/** Two turns of a session: tools are called, and answered. */
async function runSession(model: string, word: string) {
  const client = claudeCodeClient(word)
  const events: string[] = []
  const ask = async (turns: Turn[]) => {
    const { stream: _, ...request } = claudeCodeRequest(model, turns, word)
    const running = client.beta.messages.stream(request)
    for await (const { type } of running) events.push(type)
    return { sent: request, message: await running.finalMessage() }
  }
  const question: Turn = {
    role: 'user',
    content: [
      { type: 'text', text: '<system-reminder>Nothing is to be done yet.</system-reminder>' },
      { type: 'text', text: `call Bash and Read ${word}` },
    ],
  }
  const first = await ask([question])
  const calls = first.message.content.filter((block) => block.type === 'tool_use')
  const history: Turn[] = [
    question,
    { role: 'assistant', content: first.message.content },
    { role: 'user', content: calls.map(resultOf) },
  ]
  return { first, calls, events, second: await ask(history) }
}

describe.concurrent.each(upstreams)('Claude Code · $provider', ({ provider, model }) => {
  test('calls tools, sends results with an error and a picture, and gets an answer', async () => {
    const word = uniqueWord()
    const { first, calls, second, events } = await runSession(`${provider}/${model}`, word)
    expect(first.message.stop_reason).toBe('tool_use')
    expect(calls.map(({ name, input }) => ({ name, input }))).toEqual([
      { name: 'Bash', input: { command: 'command' } },
      { name: 'Read', input: { file_path: 'file_path' } },
    ])
    expect(second.message.stop_reason).toBe('end_turn')
    const said = second.message.content.map((block) => (block.type === 'text' ? block.text : '')).join('')
    // OpenAI's results are text: there the picture follows as the user's own, and is what the model speaks of.
    expect(said).toMatch(provider === 'openai' ? /1 image: image\/png/ : /^The tool said: .*Exit code 1.*A picture\./s)
    expect(events.filter((type) => type === 'message_start' || type === 'message_stop')).toEqual([
      'message_start',
      'message_stop',
      'message_start',
      'message_stop',
    ])
    const reached = await upstreamRequests(word)
    expect(reached.map(({ provider: by, status }) => [by, status])).toEqual([
      [provider, 200],
      [provider, 200],
    ])
    const rows = await rowsMarked(word, 2)
    expect(rows.map(({ success, ending, surface }) => [success, ending, surface])).toEqual([
      [true, 'complete', 'messages'],
      [true, 'complete', 'messages'],
    ])
  })

  test('counts what it would send', async () => {
    const word = uniqueWord()
    const request = claudeCodeRequest(
      `${provider}/${model}`,
      [{ role: 'user', content: [{ type: 'text', text: `hello ${word}` }] }],
      word,
    )
    const { input_tokens } = await claudeCodeClient(word).beta.messages.countTokens(claudeCodeCount(request))
    const words = (text: string): number => text.trim().split(/\s+/).length
    const systemWords = Array.isArray(request.system)
      ? request.system.reduce((sum, { text }) => sum + words(text), 0)
      : 0
    const toolWords = agentTools.reduce((sum, { description }) => sum + 1 + words(description), 0)
    expect(input_tokens).toBe(systemWords + toolWords + 2)
    expect(await rowsMarked(word)).toMatchObject([{ surface: 'count-tokens', success: true, cost_nano_usd: 0 }])
  })
})

describe.concurrent('what of it reaches', () => {
  test('Anthropic: everything, with the name of the model changed', async () => {
    const word = uniqueWord()
    const { first, second } = await runSession('anthropic/claude-sonnet-4-5', word)
    const reached = await upstreamRequests(word)
    for (const [index, { betas, ...sent }] of [first.sent, second.sent].entries()) {
      expect(reached[index]?.body).toEqual({ ...sent, model: 'claude-sonnet-4-5', stream: true })
      expect(reached[index]?.headers['anthropic-beta']).toBe(betas?.join(','))
      expect(reached[index]?.headers['anthropic-version']).toBe('2023-06-01')
    }
    expect(second.message.content.at(0)?.type).toBe('thinking')
    // The prompt is read from the cache that the first turn wrote.
    expect(first.message.usage.cache_creation_input_tokens).toBeGreaterThan(3000)
    expect(second.message.usage.cache_read_input_tokens).toBeGreaterThan(3000)
  })

  test.each(upstreams.slice(1))(
    '$provider: no beta of Anthropic’s, and every call with its result',
    async (upstream) => {
      const word = uniqueWord()
      await runSession(`${upstream.provider}/${upstream.model}`, word)
      const reached = await upstreamRequests(word)
      expect(reached.map(({ headers }) => headers['anthropic-beta'])).toEqual([undefined, undefined])
      const text = JSON.stringify(reached.map(({ body }) => body))
      expect(text).not.toContain('cache_control')
      for (const { name } of agentTools) expect(text).toContain(`"${name}"`)
      for (const result of ['Exit code 1', 'A picture.', image.source.data]) expect(text).toContain(result)
      const [row] = await rowsMarked(word)
      expect(row?.warnings).toEqual(expect.arrayContaining(claudeCodeBetas.map((beta) => `anthropic-beta.${beta}`)))
    },
  )
})
