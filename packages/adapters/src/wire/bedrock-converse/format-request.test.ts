import { describe, expect, test } from 'vitest'
import type { ChatRequest, Message } from '../../chat.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { WireError } from '../../wire-error.ts'
import { bedrockConverse } from '../bedrock-converse.ts'

const claude = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0'
const nova = 'amazon.nova-lite-v1:0'
const hello: Message = { role: 'user', content: 'hello' }
const parameters = { type: 'object', properties: { city: { type: 'string' } } }
const weather = { type: 'function' as const, function: { name: 'get_weather', parameters } }

const write = (request: Partial<ChatRequest>, model = claude) =>
  bedrockConverse.formatRequest({ model, messages: [hello], ...request }, createTestContext(model))
const messagesOf = (messages: Message[], model = claude) => write({ messages }, model).body['messages']

function errorOf(request: Partial<ChatRequest>): WireError {
  try {
    write(request)
  } catch (error) {
    if (error instanceof WireError) return error
  }
  throw new Error('The request was written.')
}

describe('conversations', () => {
  test('say nothing but what was said', () => {
    expect(write({})).toEqual({ body: { messages: [{ role: 'user', content: [{ text: 'hello' }] }] }, warnings: [] })
  })

  test('have turns that alternate, with results first, and system text apart', () => {
    const { body } = write({
      messages: [
        { role: 'system', content: 'Be brief.' },
        hello,
        { role: 'user', content: 'again' },
        {
          role: 'assistant',
          content: 'Looking.',
          tool_calls: [{ id: 'call:1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
        },
        { role: 'user', content: 'And?' },
        { role: 'tool', tool_call_id: 'call:1', content: 'rain', is_error: true },
        { role: 'developer', content: 'Now.' },
      ],
    })
    expect(body['system']).toEqual([{ text: 'Be brief.' }, { text: 'Now.' }])
    const toolResult = { toolUseId: 'call_1', content: [{ text: 'rain' }], status: 'error' }
    expect(body['messages']).toEqual([
      { role: 'user', content: [{ text: 'hello' }, { text: 'again' }] },
      {
        role: 'assistant',
        content: [{ text: 'Looking.' }, { toolUse: { toolUseId: 'call_1', name: 'f', input: { a: 1 } } }],
      },
      { role: 'user', content: [{ toolResult }, { text: 'And?' }] },
    ])
  })

  test('with calls in them declare tools even where the caller offers none', () => {
    const { body } = write({
      messages: [
        hello,
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: '' },
      ],
    })
    const toolSpec = { name: 'f', inputSchema: { json: { type: 'object', properties: {} } } }
    expect(body['toolConfig']).toEqual({ tools: [{ toolSpec }] })
    expect(body['messages']).toMatchObject([
      {},
      { content: [{ toolUse: { input: {} } }] },
      { content: [{ toolResult: { toolUseId: 'c1', content: [], status: 'success' } }] },
    ])
  })

  test('begin with the user and end without white space', () => {
    const { body, warnings } = write({ messages: [{ role: 'assistant', content: 'Well,  ' }] })
    expect(body['messages']).toEqual([
      { role: 'user', content: [{ text: '.' }] },
      { role: 'assistant', content: [{ text: 'Well,' }] },
    ])
    expect(warnings).toEqual(['messages[0]'])
  })

  test('of system text alone ask it', () => {
    const { body, warnings } = write({ messages: [{ role: 'system', content: 'Say hi.' }] })
    expect([body['system'], body['messages'], warnings]).toEqual([
      undefined,
      [{ role: 'user', content: [{ text: 'Say hi.' }] }],
      ['messages[0].role'],
    ])
    expect(errorOf({ messages: [{ role: 'user', content: ' ' }] }).param).toBe('messages')
  })

  test('have cache points after what the caller marks', () => {
    const cache_control = { type: 'ephemeral' as const }
    const { body } = write({
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'Long.', cache_control }] },
        { role: 'user', content: [{ type: 'text', text: 'Longer.', cache_control: { ...cache_control, ttl: '1h' } }] },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' }, cache_control }],
        },
        { role: 'tool', tool_call_id: 'c', content: 'r', cache_control },
      ],
      tools: [{ ...weather, cache_control }],
    })
    const point = { cachePoint: { type: 'default' } }
    expect(body['system']).toEqual([{ text: 'Long.' }, point])
    expect(body['messages']).toMatchObject([
      { content: [{ text: 'Longer.' }, { cachePoint: { type: 'default', ttl: '1h' } }] },
      { content: [{ toolUse: {} }, point] },
      { content: [{ toolResult: {} }, point] },
    ])
    expect(body['toolConfig']).toMatchObject({ tools: [{ toolSpec: { name: 'get_weather' } }, point] })
  })
})

describe('media', () => {
  test('go by their data', () => {
    const content = messagesOf([
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: 'data:image/jpg;base64,AAAA' } },
          {
            type: 'file',
            file: { filename: 'My report_v2 (final).pdf', file_data: 'data:application/pdf;base64,BBBB' },
          },
          { type: 'file', file: { filename: 'My report v2 (final).md', file_data: 'data:text/markdown;base64,CCCC' } },
          { type: 'file', file: { file_url: 's3://bucket/clip.mp4' } },
          { type: 'file', file: { file_data: 'DDDD', media_type: 'application/json' } },
          { type: 'input_audio', input_audio: { data: 'EEEE', format: 'wav' } },
          { type: 'text', text: 'What is all this?' },
        ],
      },
    ])
    expect(content).toEqual([
      {
        role: 'user',
        content: [
          { image: { format: 'jpeg', source: { bytes: 'AAAA' } } },
          { document: { format: 'pdf', name: 'My report v2 (final)', source: { bytes: 'BBBB' } } },
          { document: { format: 'md', name: 'My report v2 (final) 2', source: { bytes: 'CCCC' } } },
          { video: { format: 'mp4', source: { s3Location: { uri: 's3://bucket/clip.mp4' } } } },
          { document: { format: 'txt', name: 'document', source: { bytes: 'DDDD' } } },
          { audio: { format: 'wav', source: { bytes: 'EEEE' } } },
          { text: 'What is all this?' },
        ],
      },
    ])
  })

  test('a document never comes without text', () => {
    const file = { type: 'file' as const, file: { file_data: 'data:application/pdf;base64,AAAA' } }
    const { body, warnings } = write({ messages: [{ role: 'user', content: [file] }] })
    expect(body['messages']).toMatchObject([{ content: [{ document: {} }, { text: '.' }] }])
    expect(warnings).toEqual(['messages.content'])
  })

  test('tool results hold images', () => {
    const image = { type: 'image_url' as const, image_url: { url: 'data:image/png;base64,AAAA' } }
    const messages = messagesOf([
      hello,
      {
        role: 'assistant',
        content: '',
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'c', content: [{ type: 'text', text: 'here' }, image] },
    ])
    const content = [{ text: 'here' }, { image: { format: 'png', source: { bytes: 'AAAA' } } }]
    expect(messages).toMatchObject([{}, {}, { content: [{ toolResult: { content, status: 'success' } }] }])
  })

  test.each<[string, Message['content']]>([
    ['a web address', [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }]],
    ['another format', [{ type: 'image_url', image_url: { url: 'data:image/bmp;base64,AAAA' } }]],
    ['an uploaded file', [{ type: 'file', file: { file_id: 'file-1' } }]],
    ['an archive', [{ type: 'file', file: { file_data: 'data:application/zip;base64,AAAA' } }]],
  ])('%s is refused', (_, content) => {
    const error = errorOf({ messages: [{ role: 'user', content: Array.isArray(content) ? content : '' }] })
    expect([error.code, error.param]).toEqual(['unsupported', 'messages[0].content[0]'])
    expect(error.message).toMatch(/^Amazon Bedrock takes no/)
  })
})

describe('tools', () => {
  test.each<[ChatRequest['tool_choice'], object | undefined]>([
    [undefined, undefined],
    ['auto', { auto: {} }],
    ['required', { any: {} }],
    [{ type: 'function', function: { name: 'get_weather' } }, { tool: { name: 'get_weather' } }],
    [{ type: 'allowed_tools', mode: 'required', names: ['get_weather'] }, { any: {} }],
  ])('the choice %j', (tool_choice, toolChoice) => {
    const { body, warnings } = write({ tools: [weather], ...(tool_choice && { tool_choice }) })
    const toolSpec = { name: 'get_weather', inputSchema: { json: parameters } }
    expect(body['toolConfig']).toEqual({ tools: [{ toolSpec }], ...(toolChoice && { toolChoice }) })
    expect(warnings).toEqual([])
  })

  test('none of them means none are offered, as long as none was called', () => {
    expect(write({ tools: [weather], tool_choice: 'none' }).body['toolConfig']).toBeUndefined()
    const call = { id: 'c', type: 'function' as const, function: { name: 'get_weather', arguments: '{}' } }
    const { body, warnings } = write({
      messages: [
        hello,
        { role: 'assistant', content: null, tool_calls: [call] },
        { role: 'tool', tool_call_id: 'c', content: 'rain' },
      ],
      tools: [weather],
      tool_choice: 'none',
    })
    expect([Object.keys(body['toolConfig'] ?? {}), warnings]).toEqual([['tools'], ['tool_choice']])
  })

  test('an empty description is left out, strictness is for models that have it', () => {
    const strict = { ...weather, function: { ...weather.function, description: '', strict: true } }
    const toolSpec = { name: 'get_weather', inputSchema: { json: parameters } }
    expect(write({ tools: [strict] }).body['toolConfig']).toEqual({
      tools: [{ toolSpec: { ...toolSpec, strict: true } }],
    })
    const weak = write({ tools: [strict] }, nova)
    expect([weak.body['toolConfig'], weak.warnings]).toEqual([{ tools: [{ toolSpec }] }, ['tools.strict']])
  })

  test.each(['get weather', 'wetter.holen', 'x'.repeat(65)])('the name "%s" is refused', (name) => {
    const error = errorOf({ tools: [{ type: 'function', function: { name } }] })
    expect([error.code, error.param]).toEqual(['unsupported', 'tools[0].function.name'])
  })

  test('of other vendors are dropped with a warning', () => {
    const { warnings } = write({
      tools: [{ type: 'server', format: 'anthropic-messages', tool: { type: 'web_search_20250305' } }],
    })
    expect(warnings).toEqual(['tools.web_search_20250305'])
  })
})

describe('sampling and reasoning', () => {
  test('the usual settings', () => {
    const { body, warnings } = write(
      { max_completion_tokens: 9, temperature: 1.5, top_p: 0.5, top_k: 3, stop: ['END'] },
      nova,
    )
    expect(body).toMatchObject({
      inferenceConfig: { maxTokens: 9, temperature: 1, topP: 0.5, stopSequences: ['END'] },
      additionalModelRequestFields: { inferenceConfig: { topK: 3 } },
    })
    expect(warnings).toEqual(['temperature'])
  })

  test('what the API has no words for is named', () => {
    const { warnings } = write(
      { seed: 1, logprobs: true, frequency_penalty: 1, user: 'u', reasoning_effort: 'low' },
      nova,
    )
    expect(warnings).toEqual(['seed', 'logprobs', 'frequency_penalty', 'user', 'reasoning_effort'])
    expect(errorOf({ n: 2 }).param).toBe('n')
  })

  test('Claude thinks within a budget, inside the length of the answer', () => {
    const { body } = write({ thinking: { type: 'enabled', budget_tokens: 2048 }, temperature: 1 })
    expect(body).toMatchObject({
      inferenceConfig: { maxTokens: 8192 + 2048, temperature: 1 },
      additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 2048 } },
    })
  })

  test.each([
    ['us.anthropic.claude-opus-4-6-v1', { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } }],
    ['us.amazon.nova-2-lite-v1:0', { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'high' } }],
    ['openai.gpt-oss-120b-1:0', { reasoning_effort: 'high' }],
  ])('%s is asked to think hard in its own words', (model, fields) => {
    expect(write({ reasoning_effort: 'high' }, model).body['additionalModelRequestFields']).toEqual(fields)
  })

  test('signed reasoning goes back to the model that can verify it', () => {
    const message: Message = {
      role: 'assistant',
      content: 'Yes.',
      reasoning_content: 'Hm.',
      reasoning_details: [
        { type: 'reasoning.text', text: 'Hm.', signature: 'sig', format: 'anthropic-messages' },
        { type: 'reasoning.encrypted', data: 'AAAA', format: 'bedrock-converse' },
        { type: 'reasoning.text', text: 'Ho.', signature: 'sig', format: 'gemini-generate' },
      ],
    }
    const request = { messages: [hello, message, hello] }
    const { body, warnings } = write(request)
    expect(body['messages']).toMatchObject([
      {},
      {
        content: [
          { reasoningContent: { reasoningText: { text: 'Hm.', signature: 'sig' } } },
          { reasoningContent: { redactedContent: 'AAAA' } },
          { text: 'Yes.' },
        ],
      },
      {},
    ])
    expect(warnings).toEqual(['messages.reasoning_details'])
    expect(write(request, 'deepseek.r1-v1:0').body['messages']).toMatchObject([
      {},
      { content: [{ reasoningContent: { redactedContent: 'AAAA' } }, { text: 'Yes.' }] },
      {},
    ])
  })

  test('the format’s own fields are taken from any caller', () => {
    const guardrailConfig = { guardrailIdentifier: 'g', guardrailVersion: '1' }
    const { body, warnings } = write({
      top_k: 5,
      service_tier: 'priority',
      extra: { guardrailConfig, additionalModelRequestFields: { anthropic_beta: ['x'] }, metadata: { a: 'b' } },
      extra_format: 'openai-chat',
    })
    expect(body).toMatchObject({
      guardrailConfig,
      additionalModelRequestFields: { top_k: 5, anthropic_beta: ['x'] },
      serviceTier: { type: 'priority' },
    })
    expect(warnings).toEqual(['metadata'])
  })
})

describe('structured output', () => {
  const schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false }
  const response_format = {
    type: 'json_schema' as const,
    json_schema: { name: 'letter', description: 'A letter.', schema },
  }

  test('is a schema as text for models that take one', () => {
    const { body, warnings } = write({ response_format })
    const jsonSchema = { name: 'letter', description: 'A letter.', schema: JSON.stringify(schema) }
    expect(body['outputConfig']).toEqual({ textFormat: { type: 'json_schema', structure: { jsonSchema } } })
    expect([body['toolConfig'], warnings]).toEqual([undefined, []])
  })

  test('is a tool that must be called for the others, and for JSON of any shape', () => {
    const tool = (json: object, description: string) => ({
      tools: [{ toolSpec: { name: 'gw_json_answer', description, inputSchema: { json } } }],
      toolChoice: { tool: { name: 'gw_json_answer' } },
    })
    expect(write({ response_format }, nova).body['toolConfig']).toEqual(tool(schema, 'A letter.'))
    const free = write({ response_format: { type: 'json_object' } }).body['toolConfig']
    expect(free).toEqual(tool({ type: 'object', properties: {} }, 'Give the answer as JSON with this tool.'))
  })
})
