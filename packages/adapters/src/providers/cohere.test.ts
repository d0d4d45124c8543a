import { expect, test } from 'vitest'
import { testProvider } from '../testing.ts'
import { cohere } from './cohere.ts'

const event = (type: string, fields: string): string => `event: ${type}\ndata: {"type":"${type}",${fields}}\n\n`
const start = event('message-start', '"id":"r1","delta":{"message":{"role":"assistant"}}')
const callStart = (index: number, words: string): string =>
  event(
    'tool-call-start',
    `"index":${index},"delta":{"message":{"tool_calls":{"id":"c${index}","type":"function","function":{"name":"f${index}","arguments":"${words}"}}}}`,
  )
const callDelta = (index: number, words: string): string =>
  event(
    'tool-call-delta',
    `"index":${index},"delta":{"message":{"tool_calls":{"function":{"arguments":${JSON.stringify(words)}}}}}`,
  )
const end = (fields: string): string => `${event('message-end', `"delta":{${fields}}`)}data: [DONE]\n\n`
const usage = '"usage":{"tokens":{"input_tokens":5,"output_tokens":3}}'

testProvider(
  cohere,
  [
    {
      name: 'calls without arguments, said in three ways, and one with null inside',
      streaming: true,
      sse:
        start +
        callStart(0, '') +
        callStart(1, 'null') +
        callStart(2, '') +
        callDelta(2, 'null') +
        callStart(3, '') +
        callDelta(3, '{"a": ') +
        callDelta(3, 'null') +
        callDelta(3, '}') +
        end(`"finish_reason":"TOOL_CALL",${usage}`),
      expect: {
        toolCalls: [
          { name: 'f0', arguments: {} },
          { name: 'f1', arguments: {} },
          { name: 'f2', arguments: {} },
          { name: 'f3', arguments: { a: null } },
        ],
        finishReason: 'tool_calls',
        usage: { input: 5, output: 3 },
      },
    },
    {
      name: 'thinking and then a plan',
      streaming: true,
      sse:
        start +
        event('content-start', '"index":0,"delta":{"message":{"content":{"type":"thinking","thinking":"Hm"}}}') +
        event('content-delta', '"index":0,"delta":{"message":{"content":{"thinking":"."}}}') +
        event('content-end', '"index":0') +
        event('tool-plan-delta', '"delta":{"message":{"tool_plan":"Look"}}') +
        event('tool-plan-delta', '"delta":{"message":{"tool_plan":"."}}') +
        callStart(0, '{}') +
        end(`"finish_reason":"TOOL_CALL",${usage}`),
      expect: { text: '', reasoning: 'Hm.\n\nLook.', toolCalls: [{ name: 'f0', arguments: {} }] },
    },
    {
      name: 'a service that failed',
      streaming: true,
      sse: start + end('"finish_reason":"ERROR","error":"internal server error, this has been reported"'),
      expect: { error: { type: 'upstream_error', status: 502 } },
    },
    {
      name: 'a service that ran out of time',
      streaming: true,
      sse: start + end('"finish_reason":"TIMEOUT"'),
      expect: { error: { type: 'timeout', status: 504 } },
    },
    {
      name: 'an error where a stream was asked for',
      streaming: true,
      sse: '{"id":"e1","message":"trial token rate limit exceeded, limit is 40 api calls / minute"}',
      expect: { error: { type: 'rate_limit', status: 502 } },
    },
    {
      name: 'a rate limit',
      streaming: false,
      status: 429,
      body: { id: 'e1', message: 'You are using a Trial key, which is limited to 10 API calls / minute.' },
      expect: { error: { type: 'rate_limit', status: 429 } },
    },
    {
      name: 'an unknown model',
      streaming: false,
      status: 404,
      body: { id: 'e1', message: "model 'command-z' not found, make sure the correct model ID was used" },
      expect: { error: { type: 'model_not_found', status: 404 } },
    },
    {
      name: 'arguments as an empty string and as null',
      streaming: false,
      body: {
        id: 'r1',
        message: {
          role: 'assistant',
          tool_calls: [
            { id: 'c0', type: 'function', function: { name: 'f0', arguments: '' } },
            { id: 'c1', type: 'function', function: { name: 'f1', arguments: 'null' } },
          ],
        },
        finish_reason: 'TOOL_CALL',
      },
      expect: {
        toolCalls: [
          { name: 'f0', arguments: {} },
          { name: 'f1', arguments: {} },
        ],
      },
    },
  ],
  { test, expect },
)
