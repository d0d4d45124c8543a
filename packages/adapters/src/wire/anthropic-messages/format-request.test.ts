import { expect, test } from 'vitest'
import type { ChatRequest } from '../../chat.ts'
import { WireError } from '../../wire-error.ts'
import { createContext } from './__fixtures__/corpus.ts'
import { formatRequest } from './format-request.ts'

const hi: ChatRequest['messages'] = [{ role: 'user', content: 'Hi' }]
const weather = {
  type: 'function' as const,
  function: { name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
}

function format(request: Partial<ChatRequest>, model = 'claude-sonnet-4-5'): ReturnType<typeof formatRequest> {
  return formatRequest({ model, messages: hi, ...request }, createContext(model))
}

/** Fields of the body beside model, limit and messages, and the warnings. */
function extras(request: Partial<ChatRequest>, model?: string): unknown {
  const { body, warnings } = format(request, model)
  const { model: _, max_tokens: __, messages: ___, ...rest } = body
  return { ...rest, ...(warnings.length > 0 && { warnings }) }
}

function refusal(request: Partial<ChatRequest>): unknown {
  try {
    format(request)
  } catch (error) {
    if (error instanceof WireError) return [error.code, error.param]
  }
  return undefined
}

test('a plain request names the model and says how many tokens it may take', () => {
  expect(format({}).body).toEqual({
    model: 'claude-sonnet-4-5',
    max_tokens: 8192,
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
  })
  expect(format({}, 'claude-3-haiku-20240307').body['max_tokens']).toBe(4096)
  expect(format({ max_completion_tokens: 5 }).body['max_tokens']).toBe(5)
})

test('system messages from anywhere become the system text', () => {
  const { body } = format({
    messages: [
      { role: 'system', content: 'A' },
      { role: 'user', content: 'Hi' },
      { role: 'developer', content: [{ type: 'text', text: 'B', cache_control: { type: 'ephemeral', ttl: '1h' } }] },
    ],
  })
  expect(body['system']).toEqual([
    { type: 'text', text: 'A' },
    { type: 'text', text: 'B', cache_control: { type: 'ephemeral', ttl: '1h' } },
  ])
  expect(format({ messages: [{ role: 'system', content: 'A' }, ...hi] }).body['system']).toBe('A')
})

test('turns alternate, results come first, empty texts go and a last answer ends without white space', () => {
  const { body } = format({
    messages: [
      { role: 'user', content: 'Weather?' },
      {
        role: 'assistant',
        content: ' ',
        tool_calls: [
          { id: 'a.1', type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' } },
          { id: 'b', type: 'function', function: { name: 'time', arguments: '' } },
        ],
      },
      { role: 'tool', tool_call_id: 'a.1', content: 'sunny' },
      {
        role: 'tool',
        tool_call_id: 'b',
        is_error: true,
        content: [
          { type: 'text', text: 'broken' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
        ],
      },
      { role: 'user', content: 'And?' },
      { role: 'assistant', content: 'So \n' },
    ],
  })
  expect(body['messages']).toEqual([
    { role: 'user', content: [{ type: 'text', text: 'Weather?' }] },
    {
      role: 'assistant',
      content: [
        { type: 'tool_use', id: 'a_1', name: 'weather', input: { city: 'Rome' } },
        { type: 'tool_use', id: 'b', name: 'time', input: {} },
      ],
    },
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 'a_1', content: 'sunny' },
        {
          type: 'tool_result',
          tool_use_id: 'b',
          content: [
            { type: 'text', text: 'broken' },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
          ],
          is_error: true,
        },
        { type: 'text', text: 'And?' },
      ],
    },
    { role: 'assistant', content: [{ type: 'text', text: 'So' }] },
  ])
})

test('a conversation that the assistant begins gets a turn of the user, with a warning', () => {
  const { body, warnings } = format({ messages: [{ role: 'assistant', content: 'Welcome' }, ...hi] })
  expect(body['messages']).toHaveLength(3)
  expect(warnings).toEqual(['messages[0]'])
})

test('images and documents keep their source', () => {
  const { body } = format({
    messages: [
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
          { type: 'file', file: { file_data: 'data:application/pdf;base64,JVBE', filename: 'a.pdf' } },
          { type: 'file', file: { file_data: 'data:text/plain;base64,aMOp' }, citations: { enabled: true } },
          { type: 'file', file: { file_url: 'https://example.com/b.pdf' }, cache_control: { type: 'ephemeral' } },
          { type: 'file', file: { file_id: 'file_1' } },
        ],
      },
    ],
  })
  expect(body['messages']).toEqual([
    {
      role: 'user',
      content: [
        { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
        {
          type: 'document',
          source: { type: 'base64', media_type: 'application/pdf', data: 'JVBE' },
          title: 'a.pdf',
        },
        {
          type: 'document',
          source: { type: 'text', media_type: 'text/plain', data: 'hé' },
          citations: { enabled: true },
        },
        {
          type: 'document',
          source: { type: 'url', url: 'https://example.com/b.pdf' },
          cache_control: { type: 'ephemeral' },
        },
        { type: 'document', source: { type: 'file', file_id: 'file_1' } },
      ],
    },
  ])
})

test('what would change the answer is refused', () => {
  expect(refusal({ n: 2 })).toEqual(['unsupported', 'n'])
  expect(refusal({ stop: ['\n'] })).toEqual(['unsupported', 'stop'])
  expect(refusal({ extra: { modalities: ['audio'] } })).toEqual(['unsupported', 'modalities'])
  const audio = { type: 'input_audio' as const, input_audio: { data: 'AA', format: 'wav' } }
  expect(refusal({ messages: [{ role: 'user', content: [audio] }] })).toEqual(['unsupported', 'messages[0].content[0]'])
  const zip = { type: 'file' as const, file: { file_data: 'data:application/zip;base64,AA' } }
  expect(refusal({ messages: [{ role: 'user', content: [zip] }] })).toEqual(['unsupported', 'messages[0].content[0]'])
})

test('tools and choices', () => {
  const tools = [
    weather,
    {
      type: 'function' as const,
      function: { name: 'time', strict: true },
      cache_control: { type: 'ephemeral' as const },
    },
  ]
  const declared = [
    { name: 'weather', input_schema: weather.function.parameters },
    {
      name: 'time',
      input_schema: { type: 'object', properties: {} },
      strict: true,
      cache_control: { type: 'ephemeral' },
    },
  ]
  expect(extras({ tools })).toEqual({ tools: declared })
  expect(extras({ tools, tool_choice: 'auto', parallel_tool_calls: true })).toEqual({
    tools: declared,
    tool_choice: { type: 'auto' },
  })
  expect(extras({ tools, parallel_tool_calls: false })).toEqual({
    tools: declared,
    tool_choice: { type: 'auto', disable_parallel_tool_use: true },
  })
  expect(extras({ tools, tool_choice: 'required' })).toEqual({ tools: declared, tool_choice: { type: 'any' } })
  expect(extras({ tools, tool_choice: 'none' })).toEqual({ tools: declared, tool_choice: { type: 'none' } })
  expect(extras({ tools, tool_choice: { type: 'function', function: { name: 'time' } } })).toEqual({
    tools: declared,
    tool_choice: { type: 'tool', name: 'time' },
  })
  expect(extras({ tools, tool_choice: { type: 'allowed_tools', mode: 'required', names: ['weather'] } })).toEqual({
    tools: declared.slice(0, 1),
    tool_choice: { type: 'any' },
  })
  const search = { type: 'web_search_20250305', name: 'web_search' }
  expect(extras({ tools: [{ type: 'server', format: 'anthropic-messages', tool: search }] })).toEqual({
    tools: [search],
  })
})

test('structured output is a format from 4.1 on and a forced tool before', () => {
  const schema = { type: 'object', properties: { n: { type: 'integer' } }, additionalProperties: false }
  const response_format = { type: 'json_schema' as const, json_schema: { name: 'n', schema } }
  expect(extras({ response_format })).toEqual({ output_config: { format: { type: 'json_schema', schema } } })
  expect(extras({ response_format }, 'claude-sonnet-4-20250514')).toEqual({
    tools: [{ name: 'gw_json_answer', description: 'Give the answer as JSON with this tool.', input_schema: schema }],
    tool_choice: { type: 'tool', name: 'gw_json_answer' },
  })
  expect(extras({ response_format: { type: 'json_object' }, tools: [weather] })).toMatchObject({
    tools: [{ name: 'weather' }, { name: 'gw_json_answer' }],
    tool_choice: { type: 'any' },
  })
})

test('sampling ends where the model does', () => {
  expect(extras({ temperature: 1.5, top_k: 5 })).toEqual({ temperature: 1, top_k: 5, warnings: ['temperature'] })
  expect(extras({ temperature: 0.5, top_p: 0.9 })).toEqual({ temperature: 0.5, warnings: ['top_p'] })
  expect(extras({ temperature: 0.5, top_p: 0.9 }, 'claude-3-7-sonnet-latest')).toEqual({ temperature: 0.5, top_p: 0.9 })
  expect(extras({ temperature: 0.5, top_p: 0.9, top_k: 3 }, 'claude-opus-4-8')).toEqual({
    warnings: ['temperature', 'top_p', 'top_k'],
  })
  expect(extras({ temperature: 1 }, 'claude-opus-4-8')).toEqual({})
})

test('what has no words is named', () => {
  expect(
    extras({
      seed: 1,
      logprobs: true,
      top_logprobs: 2,
      frequency_penalty: 0.5,
      presence_penalty: 0,
      service_tier: 'flex',
      extra: { logit_bias: { 5: 1 }, store: false, prompt_cache_key: 'k' },
    }),
  ).toEqual({
    warnings: [
      'logit_bias',
      'prompt_cache_key',
      'seed',
      'logprobs',
      'top_logprobs',
      'frequency_penalty',
      'service_tier',
    ],
  })
  expect(extras({ user: 'u', service_tier: 'default', stop: ['END'] })).toEqual({
    metadata: { user_id: 'u' },
    service_tier: 'standard_only',
    stop_sequences: ['END'],
  })
})

test('reasoning is a budget up to 4.5', () => {
  expect(format({ reasoning_effort: 'medium' }).body).toMatchObject({
    max_tokens: 16_384,
    thinking: { type: 'enabled', budget_tokens: 8192 },
  })
  expect(format({ reasoning_effort: 'high', max_completion_tokens: 10_000 }).body).toMatchObject({
    max_tokens: 10_000,
    thinking: { type: 'enabled', budget_tokens: 8000 },
  })
  expect(extras({ thinking: { type: 'enabled', budget_tokens: 5000 }, max_completion_tokens: 4000 })).toEqual({
    thinking: { type: 'enabled', budget_tokens: 3999 },
    warnings: ['thinking.budget_tokens'],
  })
  expect(extras({ reasoning_effort: 'low', max_completion_tokens: 500 })).toEqual({ warnings: ['reasoning_effort'] })
  expect(extras({ reasoning_effort: 'low' }, 'claude-3-5-sonnet-latest')).toEqual({ warnings: ['reasoning_effort'] })
  expect(extras({ reasoning_effort: 'none' })).toEqual({ thinking: { type: 'disabled' } })
  expect(extras({ reasoning_effort: 'low', temperature: 0.2, top_k: 4 })).toEqual({
    thinking: { type: 'enabled', budget_tokens: 2048 },
    warnings: ['temperature', 'top_k'],
  })
  expect(extras({ reasoning_effort: 'low', tools: [weather], tool_choice: 'required' })).toMatchObject({
    tool_choice: { type: 'any' },
    warnings: ['reasoning_effort'],
  })
})

test('reasoning is adaptive with an effort from 4.6 on', () => {
  expect(extras({ reasoning_effort: 'xhigh' }, 'claude-opus-4-6')).toEqual({
    thinking: { type: 'adaptive' },
    output_config: { effort: 'max' },
  })
  expect(extras({ reasoning_effort: 'xhigh' }, 'claude-opus-4-8')).toEqual({
    thinking: { type: 'adaptive' },
    output_config: { effort: 'xhigh' },
  })
  expect(extras({ thinking: { type: 'enabled', budget_tokens: 3000 } }, 'claude-sonnet-4-6')).toEqual({
    thinking: { type: 'enabled', budget_tokens: 3000 },
  })
  expect(extras({ thinking: { type: 'enabled', budget_tokens: 3000, include: true } }, 'claude-sonnet-5')).toEqual({
    thinking: { type: 'adaptive', display: 'summarized' },
    output_config: { effort: 'medium' },
    warnings: ['thinking.budget_tokens'],
  })
  expect(extras({ reasoning_effort: 'low', extra_format: 'anthropic-messages' }, 'claude-opus-4-8')).toEqual({
    output_config: { effort: 'low' },
  })
})

const toolTurn = (
  details: NonNullable<Extract<ChatRequest['messages'][number], { role: 'assistant' }>['reasoning_details']>,
): ChatRequest['messages'] => [
  ...hi,
  {
    role: 'assistant',
    content: null,
    reasoning_details: details,
    tool_calls: [{ id: 'a', type: 'function', function: { name: 'weather', arguments: '{}' } }],
  },
  { role: 'tool', tool_call_id: 'a', content: 'sunny' },
]

test('thinking goes back with its signature, and none of other vendors', () => {
  const own = toolTurn([
    { type: 'reasoning.text', text: 'hm', signature: 's' },
    { type: 'reasoning.encrypted', data: 'd', format: 'anthropic-messages' },
  ])
  const { body, warnings } = format({ messages: own, reasoning_effort: 'low', tools: [weather] })
  expect(body['messages']).toMatchObject([
    {},
    {
      content: [
        { type: 'thinking', thinking: 'hm', signature: 's' },
        { type: 'redacted_thinking', data: 'd' },
        { type: 'tool_use' },
      ],
    },
    {},
  ])
  expect(body['thinking']).toBeDefined()
  expect(warnings).toEqual([])

  const foreign = toolTurn([{ type: 'reasoning.encrypted', data: 'd', format: 'gemini-generate' }])
  const dropped = format({ messages: foreign, reasoning_effort: 'low', tools: [weather] })
  expect(dropped.body['thinking']).toBeUndefined()
  expect(dropped.warnings).toEqual(['reasoning_effort', 'messages.reasoning_details'])
})
