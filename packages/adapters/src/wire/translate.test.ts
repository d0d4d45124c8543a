import { expect, test } from 'vitest'
import type { ChatRequest, ContentPart } from '../chat.ts'
import { callerFormats } from '../testing/caller-formats.ts'
import { createTestContext } from '../testing/create-test-context.ts'

const textOf = (content: string | readonly ContentPart[] | null): string =>
  typeof content === 'string'
    ? content
    : (content ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('')

/** What a request asks for, whatever format it came in. */
function meaningOf({ messages, tools, stop, temperature, max_completion_tokens }: ChatRequest): object {
  return {
    messages: messages.map((message) => ({
      role: message.role,
      text: message.role === 'tool' ? JSON.parse(textOf(message.content)) : textOf(message.content),
      ...(message.role === 'assistant' && {
        calls: message.tool_calls?.map(({ function: { name, arguments: words } }) => [name, JSON.parse(words)]),
      }),
    })),
    tools: tools?.map((tool) => tool.type === 'function' && [tool.function.name, tool.function.parameters]),
    stop,
    temperature,
    max_completion_tokens,
  }
}

const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
const meaning = {
  messages: [
    { role: 'system', text: 'Be brief.' },
    { role: 'user', text: 'How cold is it in Oslo?' },
    { role: 'assistant', text: 'I will look.', calls: [['get_weather', { city: 'Oslo' }]] },
    { role: 'tool', text: { celsius: -3 } },
  ],
  tools: [['get_weather', parameters]],
  temperature: 0.5,
  max_completion_tokens: 256,
}

const pairs = callerFormats.flatMap((from) =>
  callerFormats.map((to) => [from.format.id, to.format.id, from, to] as const),
)

/** Formats that have no words for sequences that end the answer, on the caller's side and on the target's. */
const withoutStop = { from: ['workers-ai', 'openai-responses'], to: ['openai-responses'] }

test.each(pairs)('a request in %s keeps its meaning in %s', (...[, , from, to]) => {
  const context = createTestContext()
  const request = from.format.parseRequest(from.request, context)
  const { body, warnings } = to.format.formatRequest(request, context)
  const again = to.format.parseRequest(JSON.parse(JSON.stringify(body)), context)
  const stop = withoutStop.from.includes(from.format.id) ? undefined : ['END']
  const isDropped = stop !== undefined && withoutStop.to.includes(to.format.id)
  expect(warnings).toEqual(isDropped ? ['stop'] : [])
  expect(meaningOf(request)).toEqual({ ...meaning, stop })
  expect(meaningOf(again)).toEqual({ ...meaning, stop: isDropped ? undefined : stop })
})
