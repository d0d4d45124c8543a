import { expect, test } from 'vitest'
import type { ChatRequest } from '../../chat.ts'
import { WireError } from '../../wire-error.ts'
import { createContext } from '../anthropic-messages/__fixtures__/corpus.ts'
import { formatRequest } from './format-request.ts'

const hi: ChatRequest['messages'] = [{ role: 'user', content: 'Hi' }]
const contents = [{ role: 'user', parts: [{ text: 'Hi' }] }]
const call = (id: string, name: string, signature?: string) => ({
  id,
  type: 'function' as const,
  function: { name, arguments: '{"x":1}' },
  ...(signature !== undefined && { extra_content: { google: { thought_signature: signature } } }),
})

function format(request: Partial<ChatRequest>, model = 'gemini-2.5-flash'): ReturnType<typeof formatRequest> {
  return formatRequest({ model, messages: hi, ...request }, createContext(model))
}

function config(request: Partial<ChatRequest>, model?: string): unknown {
  const { body, warnings } = format(request, model)
  return warnings.length > 0 ? [body['generationConfig'], warnings] : body['generationConfig']
}

function refusal(request: Partial<ChatRequest>): unknown {
  try {
    format(request)
  } catch (error) {
    if (error instanceof WireError) return [error.code, error.param]
  }
  return undefined
}

test('a plain request is its contents', () => {
  expect(format({})).toEqual({ body: { contents }, warnings: [] })
})

test('system messages become the instruction; alone, they need a silent user', () => {
  expect(
    format({ messages: [{ role: 'system', content: 'A' }, ...hi, { role: 'developer', content: 'B' }] }).body,
  ).toEqual({
    contents,
    systemInstruction: { parts: [{ text: 'A' }, { text: 'B' }] },
  })
  expect(format({ messages: [{ role: 'system', content: 'A' }] }).body).toEqual({
    contents: [{ role: 'user', parts: [{ text: '' }] }],
    systemInstruction: { parts: [{ text: 'A' }] },
  })
})

test('settings take their Gemini names', () => {
  const response_format = { type: 'json_schema' as const, json_schema: { name: 'n', schema: { type: 'object' } } }
  expect(
    config({
      temperature: 1.5,
      top_p: 0.9,
      top_k: 3,
      max_completion_tokens: 50,
      stop: ['END'],
      n: 2,
      seed: 7,
      presence_penalty: 0.1,
      frequency_penalty: 0.2,
      logprobs: true,
      top_logprobs: 3,
      response_format,
    }),
  ).toEqual({
    temperature: 1.5,
    topP: 0.9,
    topK: 3,
    maxOutputTokens: 50,
    stopSequences: ['END'],
    candidateCount: 2,
    seed: 7,
    presencePenalty: 0.1,
    frequencyPenalty: 0.2,
    responseLogprobs: true,
    logprobs: 3,
    responseMimeType: 'application/json',
    responseJsonSchema: { type: 'object' },
  })
  expect(config({ response_format: { type: 'json_object' } })).toEqual({ responseMimeType: 'application/json' })
  expect(config({ extra: { modalities: ['text', 'image'] } })).toEqual({ responseModalities: ['TEXT', 'IMAGE'] })
  expect(config({ extra: { modalities: ['audio'], audio: { voice: 'Kore', format: 'pcm16' } } })).toEqual({
    responseModalities: ['AUDIO'],
    speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Kore' } } },
  })
})

test('what has no words is named', () => {
  expect(
    format({
      user: 'u',
      service_tier: 'flex',
      parallel_tool_calls: false,
      tools: [{ type: 'function', function: { name: 'f', strict: true }, cache_control: { type: 'ephemeral' } }],
      extra: { logit_bias: { 5: 1 }, store: false },
    }).warnings,
  ).toEqual(['logit_bias', 'tools.strict', 'cache_control', 'parallel_tool_calls', 'user', 'service_tier'])
})

test('reasoning is a budget in 2.5 and a level in 3', () => {
  expect(config({ reasoning_effort: 'medium' })).toEqual({
    thinkingConfig: { thinkingBudget: 8192, includeThoughts: true },
  })
  expect(config({ reasoning_effort: 'none' })).toEqual({ thinkingConfig: { thinkingBudget: 0 } })
  expect(config({ reasoning_effort: 'none' }, 'gemini-2.5-pro')).toEqual([
    { thinkingConfig: { thinkingBudget: 128 } },
    ['reasoning_effort'],
  ])
  expect(config({ reasoning_effort: 'minimal' }, 'gemini-3-flash-preview')).toEqual({
    thinkingConfig: { thinkingLevel: 'MINIMAL', includeThoughts: true },
  })
  expect(config({ reasoning_effort: 'minimal' }, 'gemini-3-pro-preview')).toEqual({
    thinkingConfig: { thinkingLevel: 'LOW', includeThoughts: true },
  })
  expect(
    config({ reasoning_effort: 'xhigh', thinking: { type: 'adaptive', include: false } }, 'gemini-flash-latest'),
  ).toEqual({
    thinkingConfig: { thinkingLevel: 'HIGH' },
  })
  expect(config({ thinking: { type: 'enabled', budget_tokens: 500 } }, 'gemini-3-pro')).toEqual({
    thinkingConfig: { thinkingBudget: 500, includeThoughts: true },
  })
  expect(config({ reasoning_effort: 'low' }, 'gemini-2.0-flash')).toEqual([undefined, ['reasoning_effort']])
})

test('tools and choices', () => {
  const tools = [
    { type: 'function' as const, function: { name: 'f', description: 'd', parameters: { type: 'object' } } },
    { type: 'server' as const, format: 'gemini-generate', tool: { googleSearch: {} } },
    { type: 'function' as const, function: { name: 'g' } },
  ]
  const declared = [
    {
      functionDeclarations: [{ name: 'f', description: 'd', parametersJsonSchema: { type: 'object' } }, { name: 'g' }],
    },
    { googleSearch: {} },
  ]
  const chosen = (tool_choice: NonNullable<ChatRequest['tool_choice']>): unknown =>
    format({ tools, tool_choice }).body['toolConfig']
  expect(format({ tools }).body).toEqual({ contents, tools: declared })
  expect(chosen('auto')).toEqual({ functionCallingConfig: { mode: 'AUTO' } })
  expect(chosen('none')).toEqual({ functionCallingConfig: { mode: 'NONE' } })
  expect(chosen('required')).toEqual({ functionCallingConfig: { mode: 'ANY' } })
  expect(chosen({ type: 'function', function: { name: 'g' } })).toEqual({
    functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['g'] },
  })
  expect(chosen({ type: 'allowed_tools', mode: 'required', names: ['f', 'g'] })).toEqual({
    functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['f', 'g'] },
  })
  expect(format({ tools, tool_choice: { type: 'allowed_tools', mode: 'auto', names: ['g'] } }).body['tools']).toEqual([
    { functionDeclarations: [{ name: 'g' }] },
    { googleSearch: {} },
  ])
})

test('calls and their results share ids and names, results of parallel calls one content', () => {
  const messages: ChatRequest['messages'] = [
    ...hi,
    { role: 'assistant', content: 'Sure.', tool_calls: [call('a', 'f'), call('b', 'g')] },
    { role: 'tool', tool_call_id: 'a', content: '{"city":"Rome"}' },
    { role: 'tool', tool_call_id: 'b', is_error: true, content: 'broken' },
    { role: 'user', content: 'So?' },
  ]
  expect(format({ messages }).body['contents']).toEqual([
    ...contents,
    {
      role: 'model',
      parts: [
        { text: 'Sure.' },
        { functionCall: { id: 'a', name: 'f', args: { x: 1 } } },
        { functionCall: { id: 'b', name: 'g', args: { x: 1 } } },
      ],
    },
    {
      role: 'user',
      parts: [
        { functionResponse: { id: 'a', name: 'f', response: { city: 'Rome' } } },
        { functionResponse: { id: 'b', name: 'g', response: { error: 'broken' } } },
      ],
    },
    { role: 'user', parts: [{ text: 'So?' }] },
  ])
})

test('Gemini 3 gets the signatures of its calls, or the word that stands in for one', () => {
  const history = (signature?: string): ChatRequest['messages'] => [
    ...hi,
    { role: 'assistant', content: null, tool_calls: [call('a', 'f', signature), call('b', 'g')] },
  ]
  const signatures = (messages: ChatRequest['messages'], model: string): unknown => {
    const { body } = format({ messages }, model)
    return JSON.parse(JSON.stringify(body['contents']))[1].parts.map(
      (part: { thoughtSignature?: string }) => part.thoughtSignature,
    )
  }
  expect(signatures(history('s'), 'gemini-3-pro-preview')).toEqual(['s', undefined])
  expect(signatures(history(), 'gemini-3-pro-preview')).toEqual(['skip_thought_signature_validator', undefined])
  expect(signatures(history(), 'gemini-2.5-flash')).toEqual([undefined, undefined])
})

test('media in results go into the response from Gemini 3 on', () => {
  const messages: ChatRequest['messages'] = [
    ...hi,
    { role: 'assistant', content: null, tool_calls: [call('a', 'f', 's')] },
    {
      role: 'tool',
      tool_call_id: 'a',
      content: [
        { type: 'text', text: 'here' },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } },
      ],
    },
  ]
  const inline = { inlineData: { mimeType: 'image/png', data: 'AA' } }
  const response = { id: 'a', name: 'f', response: { result: 'here' } }
  expect(format({ messages }, 'gemini-3-pro').body['contents']).toMatchObject([
    {},
    {},
    { parts: [{ functionResponse: { ...response, parts: [inline] } }] },
  ])
  expect(format({ messages }).body['contents']).toMatchObject([
    {},
    {},
    { parts: [{ functionResponse: response }, inline] },
  ])
})

test('media are inline or named by address', () => {
  const { body } = format({
    messages: [
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } },
          { type: 'image_url', image_url: { url: 'https://example.com/a.webp?x=1' } },
          { type: 'image_url', image_url: { url: 'gs://b/image', media_type: 'image/heic' } },
          { type: 'input_audio', input_audio: { data: 'AA', format: 'mp3' } },
          { type: 'file', file: { file_data: 'data:video/mp4;base64,AA' } },
          { type: 'file', file: { file_data: 'JVBE', filename: 'a.pdf' } },
          { type: 'file', file: { file_url: 'https://www.youtube.com/watch?v=1' } },
          { type: 'file', file: { file_id: 'https://generativelanguage.googleapis.com/v1beta/files/1' } },
        ],
      },
    ],
  })
  expect(body['contents']).toEqual([
    {
      role: 'user',
      parts: [
        { inlineData: { mimeType: 'image/png', data: 'AA' } },
        { fileData: { fileUri: 'https://example.com/a.webp?x=1', mimeType: 'image/webp' } },
        { fileData: { fileUri: 'gs://b/image', mimeType: 'image/heic' } },
        { inlineData: { mimeType: 'audio/mpeg', data: 'AA' } },
        { inlineData: { mimeType: 'video/mp4', data: 'AA' } },
        { inlineData: { mimeType: 'application/pdf', data: 'JVBE' } },
        { fileData: { fileUri: 'https://www.youtube.com/watch?v=1', mimeType: 'video/mp4' } },
        {
          fileData: {
            fileUri: 'https://generativelanguage.googleapis.com/v1beta/files/1',
            mimeType: 'application/pdf',
          },
        },
      ],
    },
  ])
})

test('reasoning of Gemini goes back with its signatures, that of others does not', () => {
  const history = (format: string): ChatRequest['messages'] => [
    ...hi,
    {
      role: 'assistant',
      content: 'Yes.',
      reasoning_details: [
        { type: 'reasoning.text', text: 'hm', format },
        { type: 'reasoning.encrypted', data: 's', format },
      ],
    },
  ]
  expect(format({ messages: history('gemini-generate') })).toMatchObject({
    body: {
      contents: [
        {},
        {
          parts: [
            { text: 'hm', thought: true },
            { text: 'Yes.', thoughtSignature: 's' },
          ],
        },
      ],
    },
    warnings: [],
  })
  expect(format({ messages: history('anthropic-messages') })).toEqual({
    body: { contents: [...contents, { role: 'model', parts: [{ text: 'Yes.' }] }] },
    warnings: ['messages.reasoning_details'],
  })
})

test('what would change the answer is refused', () => {
  expect(refusal({ stop: ['1', '2', '3', '4', '5', '6'] })).toEqual(['unsupported', 'stop'])
  const file = { type: 'file' as const, file: { file_id: 'file_1' } }
  expect(refusal({ messages: [{ role: 'user', content: [file] }] })).toEqual(['unsupported', 'messages[0].content[0]'])
})
