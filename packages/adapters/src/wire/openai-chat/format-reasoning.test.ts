import { expect, test } from 'vitest'
import type { Message, ReasoningDetail } from '../../chat.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { openaiChat, openaiChatWith } from '../openai-chat.ts'
import { anthropicMessages } from '../anthropic-messages.ts'

const call = { id: 'c1', type: 'function' as const, function: { name: 'f', arguments: '{}' } }
const result: Message = { role: 'tool', tool_call_id: 'c1', content: 'ok' }
const question: Message = { role: 'user', content: 'Do it' }
const claude: ReasoningDetail = { type: 'reasoning.text', text: 'Hm.', signature: 's', format: 'anthropic-claude-v1' }

const thinking = (detail?: ReasoningDetail): Message => ({
  role: 'assistant',
  content: null,
  reasoning_content: 'Hm.',
  ...(detail && { reasoning_details: [detail] }),
  tool_calls: [call],
})

function write(format: typeof openaiChat, messages: Message[]) {
  const { body, warnings } = format.formatRequest({ model: 'm', messages }, createTestContext())
  return { messages: body['messages'], warnings }
}

test('OpenAI takes no reasoning back', () => {
  const { messages, warnings } = write(openaiChat, [question, thinking(claude), result])
  expect(messages).toMatchObject([{}, { role: 'assistant', content: null, tool_calls: [call] }, {}])
  expect(JSON.stringify(messages)).not.toContain('Hm.')
  expect(warnings).toEqual(['messages.reasoning'])
})

test('OpenRouter gets its blocks back as they were, and none that another signed', () => {
  const own = write(openaiChatWith('details'), [question, thinking(claude), result])
  expect(own).toMatchObject({ messages: [{}, { reasoning_details: [{ ...claude, index: 0 }] }, {}], warnings: [] })
  const summary: ReasoningDetail = { type: 'reasoning.summary', text: 'Short.', format: 'openai-responses-v1' }
  expect(write(openaiChatWith('details'), [question, thinking(summary), result]).messages).toMatchObject([
    {},
    { reasoning_details: [{ type: 'reasoning.summary', summary: 'Short.', format: 'openai-responses-v1', index: 0 }] },
    {},
  ])
  const direct = write(openaiChatWith('details'), [
    question,
    thinking({ ...claude, format: 'anthropic-messages' }),
    result,
  ])
  expect([JSON.stringify(direct.messages).includes('Hm.'), direct.warnings]).toEqual([false, ['messages.reasoning']])
})

test('DeepSeek gets the thoughts of the turn that is not over, and of no other', () => {
  const deepseek = openaiChatWith('content')
  expect(write(deepseek, [question, thinking(), result])).toMatchObject({
    messages: [{}, { reasoning_content: 'Hm.', tool_calls: [call] }, {}],
    warnings: [],
  })
  const over = write(deepseek, [question, thinking(), result, { role: 'assistant', content: 'Done' }, question])
  expect([JSON.stringify(over.messages).includes('Hm.'), over.warnings]).toEqual([false, []])
})

test('a signature survives the way through an Anthropic client to OpenRouter', () => {
  const context = createTestContext()
  const answer = openaiChat.parseResponse(
    {
      choices: [
        {
          message: {
            role: 'assistant',
            content: null,
            tool_calls: [call],
            reasoning: 'Hm.',
            reasoning_details: [{ ...claude }],
          },
          finish_reason: 'tool_calls',
        },
      ],
    },
    context,
  )
  const { content } = anthropicMessages.formatResponse(answer, context)
  const messages = [
    { role: 'user', content: 'Do it' },
    { role: 'assistant', content },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1', content: 'ok' }] },
  ]
  const request = anthropicMessages.parseRequest({ model: 'm', max_tokens: 9, messages }, context)
  const { body } = openaiChatWith('details').formatRequest(request, context)
  expect(body['messages']).toMatchObject([{}, { reasoning_details: [{ ...claude, index: 0 }] }, { role: 'tool' }])
})
