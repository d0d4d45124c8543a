import { expect, test } from 'vitest'
import { testProvider } from '../testing.ts'
import { workersAI } from './workers-ai.ts'

const piece = (call: object): string => `data: {"response":null,"tool_calls":[${JSON.stringify(call)}],"p":"abcd"}\n\n`
const envelope = (code: number, message: string) => ({
  result: null,
  success: false,
  errors: [{ code, message }],
  messages: [],
})
const chunk = (fields: string): string =>
  `data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"@cf/openai/gpt-oss-20b",${fields}}\n\n`

testProvider(
  workersAI,
  [
    {
      name: 'calls in pieces, with a finaliser of nulls',
      streaming: true,
      sse:
        piece({ id: 'chatcmpl-tool-1', type: 'function', index: 0, function: { name: 'get_weather' } }) +
        piece({ index: 0, function: { arguments: '{"city":' } }) +
        piece({ index: 0, function: { arguments: ' "Oslo"}' } }) +
        piece({ id: 'chatcmpl-tool-2', type: 'function', index: 1, function: { name: 'get_time' } }) +
        piece({ id: null, type: null, index: 1, function: { name: null, arguments: '' } }) +
        'data: {"response":"","usage":{"prompt_tokens":20,"completion_tokens":9,"total_tokens":29}}\n\ndata: [DONE]\n\n',
      expect: {
        text: '',
        toolCalls: [
          { name: 'get_weather', arguments: { city: 'Oslo' } },
          { name: 'get_time', arguments: {} },
        ],
        finishReason: 'tool_calls',
        usage: { input: 20, output: 9 },
      },
    },
    {
      name: 'whole calls without ids in one stream',
      streaming: true,
      sse:
        'data: {"tool_calls":[{"name":"a","arguments":{"x":1}}]}\n\ndata: {"tool_calls":[{"name":"b","arguments":{}}]}\n\n' +
        'data: {"response":"","usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}\n\ndata: [DONE]\n\n',
      expect: {
        toolCalls: [
          { name: 'a', arguments: { x: 1 } },
          { name: 'b', arguments: {} },
        ],
        finishReason: 'tool_calls',
      },
    },
    {
      name: 'chat completion chunks of newer models',
      streaming: true,
      sse:
        chunk('"choices":[{"index":0,"delta":{"reasoning_content":"Hm."}}]') +
        chunk('"choices":[{"index":0,"delta":{"content":"Hi"}}]') +
        chunk('"choices":[{"index":0,"delta":{},"finish_reason":"length"}]') +
        chunk('"choices":[],"usage":{"prompt_tokens":4,"completion_tokens":2,"total_tokens":6}') +
        'data: [DONE]\n\n',
      expect: { text: 'Hi', reasoning: 'Hm.', finishReason: 'length', usage: { input: 4, output: 2 } },
    },
    {
      name: 'an error after some text',
      streaming: true,
      sse: `data: {"response":"Hi"}\n\ndata: ${JSON.stringify(envelope(3040, 'Capacity temporarily exceeded'))}\n\n`,
      expect: { error: { type: 'rate_limit', status: 429 } },
    },
    {
      name: 'JSON mode',
      streaming: false,
      body: {
        result: {
          response: { name: 'Bob', age: 30 },
          usage: { prompt_tokens: 5, completion_tokens: 6, total_tokens: 11 },
        },
        success: true,
      },
      expect: { text: '{"name":"Bob","age":30}', finishReason: 'stop', usage: { input: 5, output: 6 } },
    },
    {
      name: 'no such model',
      streaming: false,
      status: 400,
      body: envelope(5007, 'No such model @cf/x/y or task'),
      expect: { error: { type: 'model_not_found', status: 400 } },
    },
    {
      name: 'free neurons used up',
      streaming: false,
      status: 429,
      body: envelope(3036, 'you have used up your daily free allocation of 10,000 neurons'),
      expect: { error: { type: 'quota_exceeded', status: 429 } },
    },
    {
      name: 'a prompt that is too long',
      streaming: false,
      status: 413,
      body: envelope(
        5021,
        'The estimated number of input and maximum output tokens (9000) exceeded this model context window limit (8192).',
      ),
      expect: { error: { type: 'context_length', status: 413 } },
    },
    {
      name: 'a wrong field',
      streaming: false,
      status: 400,
      body: envelope(5006, "Error: oneOf at '/' not met, 0 matches: required properties at '/' are 'prompt'"),
      expect: { error: { type: 'invalid_request', status: 400 } },
    },
  ],
  { test, expect },
)
