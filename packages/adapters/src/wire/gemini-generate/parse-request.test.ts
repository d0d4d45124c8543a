import { expect, test } from 'vitest'
import type { JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { createContext } from '../anthropic-messages/__fixtures__/corpus.ts'
import { parseRequest } from './parse-request.ts'

const contents = [{ role: 'user', parts: [{ text: 'Hi' }] }]
const messages = [{ role: 'user', content: 'Hi' }]
const parse = (body: JsonObject) => parseRequest({ contents, ...body }, createContext('gemini-x'))

function fault(body: JsonObject): unknown {
  try {
    parse(body)
  } catch (error) {
    if (error instanceof WireError) return [error.code, error.param]
  }
  return undefined
}

test('the model comes from the path', () => {
  expect(parse({})).toEqual({ model: 'gemini-x', messages, extra_format: 'gemini-generate' })
})

test('the whole of a request is read, in camel and in snake case', () => {
  const schema = { type: 'OBJECT', properties: { snake_case: { type: 'INTEGER', nullable: true } } }
  const read = {
    model: 'gemini-x',
    messages: [{ role: 'system', content: 'S' }, ...messages],
    temperature: 0.5,
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
    response_format: {
      type: 'json_schema',
      json_schema: {
        name: 'response',
        schema: { type: 'object', properties: { snake_case: { type: ['integer', 'null'] } } },
      },
    },
    thinking: { type: 'enabled', budget_tokens: 100, include: true },
    tools: [
      {
        type: 'function',
        function: {
          name: 'f',
          description: 'd',
          parameters: { type: 'object', properties: { snake_case: { type: ['integer', 'null'] } } },
        },
      },
      { type: 'server', format: 'gemini-generate', tool: { googleSearch: {} } },
    ],
    tool_choice: { type: 'function', function: { name: 'f' } },
    extra: {
      safetySettings: [{ category: 'C', threshold: 'T' }],
      cachedContent: 'c',
      generationConfig: { mediaResolution: 'M', responseModalities: ['TEXT', 'IMAGE'] },
    },
    extra_format: 'gemini-generate',
  }
  const camel = {
    systemInstruction: { parts: [{ text: 'S' }] },
    generationConfig: {
      temperature: 0.5,
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
      responseSchema: schema,
      thinkingConfig: { thinkingBudget: 100, includeThoughts: true },
      mediaResolution: 'M',
      responseModalities: ['TEXT', 'IMAGE'],
    },
    tools: [{ functionDeclarations: [{ name: 'f', description: 'd', parameters: schema }] }, { googleSearch: {} }],
    toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['f'] } },
    safetySettings: [{ category: 'C', threshold: 'T' }],
    cachedContent: 'c',
  }
  const snake = {
    system_instruction: { parts: { text: 'S' } },
    generation_config: {
      temperature: 0.5,
      top_p: 0.9,
      top_k: 3,
      max_output_tokens: 50,
      stop_sequences: ['END'],
      candidate_count: 2,
      seed: 7,
      presence_penalty: 0.1,
      frequency_penalty: 0.2,
      response_logprobs: true,
      logprobs: 3,
      response_mime_type: 'application/json',
      response_schema: schema,
      thinking_config: { thinking_budget: 100, include_thoughts: true },
      media_resolution: 'M',
      response_modalities: ['TEXT', 'IMAGE'],
    },
    tools: [{ function_declarations: [{ name: 'f', description: 'd', parameters: schema }] }, { google_search: {} }],
    tool_config: { function_calling_config: { mode: 'ANY', allowed_function_names: ['f'] } },
    safety_settings: [{ category: 'C', threshold: 'T' }],
    cached_content: 'c',
  }
  expect(parse(camel)).toEqual(read)
  expect(parse(snake)).toEqual(read)
})

test.each<[JsonObject, JsonObject]>([
  [{ thinkingBudget: 0 }, { thinking: { type: 'disabled' } }],
  [{ thinkingBudget: -1 }, { thinking: { type: 'enabled', include: false } }],
  [{ includeThoughts: true }, { thinking: { type: 'adaptive', include: true } }],
  [{ thinkingLevel: 'LOW' }, { thinking: { type: 'adaptive', include: false }, reasoning_effort: 'low' }],
])('thinking %o', (thinkingConfig, expected) => {
  const { model: _, messages: __, extra_format: ___, ...read } = parse({ generationConfig: { thinkingConfig } })
  expect(read).toEqual(expected)
})

test.each<[JsonObject, JsonObject]>([
  [{ mode: 'AUTO' }, { tool_choice: 'auto' }],
  [{ mode: 'none' }, { tool_choice: 'none' }],
  [{ mode: 'ANY' }, { tool_choice: 'required' }],
  [
    { mode: 'ANY', allowedFunctionNames: ['f', 'g'] },
    { tool_choice: { type: 'allowed_tools', mode: 'required', names: ['f', 'g'] } },
  ],
  [
    { mode: 'VALIDATED' },
    { tool_choice: 'auto', extra: { toolConfig: { functionCallingConfig: { mode: 'VALIDATED' } } } },
  ],
])('tool choice %o', (functionCallingConfig, expected) => {
  const { model: _, messages: __, extra_format: ___, ...read } = parse({ toolConfig: { functionCallingConfig } })
  expect(read).toEqual(expected)
})

test('calls without ids are told apart, and results find theirs by name', () => {
  const { messages: read } = parse({
    contents: [
      { role: 'user', parts: [{ text: 'Hi' }] },
      {
        role: 'model',
        parts: [
          { text: 'hm', thought: true },
          { text: 'Sure.' },
          { functionCall: { name: 'f', args: { x: 1 } }, thoughtSignature: 's' },
          { functionCall: { name: 'f' } },
          { functionCall: { id: 'own', name: 'g', args: {} } },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'own', name: 'g', response: { a: 1 } } },
          { functionResponse: { name: 'f', response: { result: 'one' } } },
          { functionResponse: { name: 'f', response: { error: 'two' } } },
          { text: 'So?' },
        ],
      },
    ],
  })
  expect(read).toEqual([
    { role: 'user', content: 'Hi' },
    {
      role: 'assistant',
      content: 'Sure.',
      reasoning_content: 'hm',
      reasoning_details: [{ type: 'reasoning.text', text: 'hm', format: 'gemini-generate' }],
      tool_calls: [
        {
          id: 'call_id1',
          type: 'function',
          function: { name: 'f', arguments: '{"x":1}' },
          extra_content: { google: { thought_signature: 's' } },
        },
        { id: 'call_id2', type: 'function', function: { name: 'f', arguments: '{}' } },
        { id: 'own', type: 'function', function: { name: 'g', arguments: '{}' } },
      ],
    },
    { role: 'tool', tool_call_id: 'own', name: 'g', content: '{"a":1}' },
    { role: 'tool', tool_call_id: 'call_id1', name: 'f', content: 'one' },
    { role: 'tool', tool_call_id: 'call_id2', name: 'f', content: 'two', is_error: true },
    { role: 'user', content: 'So?' },
  ])
})

test('media become parts', () => {
  const { messages: read } = parse({
    contents: [
      {
        parts: [
          { inline_data: { mime_type: 'image/png', data: 'AA' } },
          { inlineData: { mimeType: 'audio/mpeg', data: 'AA' } },
          { inlineData: { mimeType: 'application/pdf', data: 'AA' } },
          { fileData: { mimeType: 'image/jpeg', fileUri: 'gs://b/a' } },
          { fileData: { mimeType: 'video/mp4', fileUri: 'gs://b/v' } },
        ],
      },
    ],
  })
  expect(read).toEqual([
    {
      role: 'user',
      content: [
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } },
        { type: 'input_audio', input_audio: { data: 'AA', format: 'mp3' } },
        { type: 'file', file: { file_data: 'data:application/pdf;base64,AA' } },
        { type: 'image_url', image_url: { url: 'gs://b/a', media_type: 'image/jpeg' } },
        { type: 'file', file: { file_url: 'gs://b/v', media_type: 'video/mp4' } },
      ],
    },
  ])
})

test('media in the base64 of URLs become what other vendors read', () => {
  const { messages: read } = parse({
    contents: [{ parts: [{ inlineData: { mimeType: 'image/png', data: '-_-_-w' } }] }],
  })
  const url = 'data:image/png;base64,+/+/+w=='
  expect(read).toEqual([{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }])
})

test.each<[JsonObject, string]>([
  [{ contents: [] }, 'contents'],
  [{ contents: 'Hi' }, 'contents'],
  [{ contents: ['Hi'] }, 'contents[0]'],
  [{ contents: [{ role: 'system', parts: [{ text: 'x' }] }] }, 'contents[0].role'],
  [{ contents: [{ role: 'user' }] }, 'contents[0].parts'],
  [{ contents: [{ role: 'user', parts: [{}] }] }, 'contents[0].parts[0]'],
  [{ contents: [{ role: 'model', parts: [{ functionCall: {} }] }] }, 'contents[0].parts[0].functionCall.name'],
  [{ contents: [{ parts: [{ functionResponse: {} }] }] }, 'contents[0].parts[0].functionResponse.name'],
  [{ systemInstruction: { parts: [{ inlineData: {} }] } }, 'systemInstruction'],
  [{ generationConfig: 5 }, 'generationConfig'],
  [{ generationConfig: { temperature: 'warm' } }, 'generationConfig.temperature'],
  [{ generationConfig: { stopSequences: 'END' } }, 'generationConfig.stopSequences'],
  [{ tools: {} }, 'tools'],
  [{ tools: [5] }, 'tools[0]'],
  [{ tools: [{ functionDeclarations: [{}] }] }, 'tools[0].functionDeclarations[0].name'],
  [{ toolConfig: { functionCallingConfig: { mode: 'X' } } }, 'toolConfig.functionCallingConfig.mode'],
])('%o is refused for %s', (body, param) => {
  expect(fault(body)).toEqual(['invalid_request', param])
})
