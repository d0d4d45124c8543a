import { describe, expect, test } from 'vitest'
import { findChatApi } from '../provider.ts'
import { googleVertexAI } from './google-vertex-ai.ts'

const root = 'https://{endpoint=aiplatform}.googleapis.com/v1/projects/{project}/locations/{location=global}'

describe.each([
  ['gemini-2.5-flash', 'gemini-generate', '/publishers/google/models/gemini-2.5-flash', 'generateContent'],
  ['google/gemini-2.5-flash', 'gemini-generate', '/publishers/google/models/gemini-2.5-flash', 'generateContent'],
  ['anthropic/claude-sonnet-4-5', 'anthropic-messages', '/publishers/anthropic/models/claude-sonnet-4-5', 'rawPredict'],
  ['mistralai/codestral-2', 'openai-chat', '/publishers/mistralai/models/codestral-2', 'rawPredict'],
])('the model %s', (...[model, wire, path, method]) => {
  const api = findChatApi(googleVertexAI, model, 'openai-chat')
  const streamed = { generateContent: 'streamGenerateContent?alt=sse', rawPredict: 'streamRawPredict' }[method]

  test('is asked in its dialect at its URL', () => {
    expect(api?.wire.id).toBe(wire)
    expect(api?.chatUrl?.(model, false)).toBe(`${root}${path}:${method}`)
    expect(api?.chatUrl?.(model, true)).toBe(`${root}${path}:${streamed}`)
  })
})

test('models of all other publishers are asked in OpenAI’s dialect', () => {
  const model = 'meta/llama-4-scout-17b-16e-instruct-maas'
  const api = findChatApi(googleVertexAI, model)
  expect(api?.wire.id).toBe('openai-chat')
  expect(api?.chatUrl?.(model, true)).toBe(`${root}/endpoints/openapi/chat/completions`)
  const body = { model, messages: [], max_completion_tokens: 9 }
  expect(api?.encode?.(body, { model, stream: true })).toEqual({ model, messages: [], max_tokens: 9 })
})

test('Claude is named in the URL, its version in the body', () => {
  const model = 'anthropic/claude-sonnet-4-5'
  const encode = findChatApi(googleVertexAI, model)?.encode
  const body = { model, max_tokens: 9, messages: [], stream: true }
  expect(encode?.(body, { model, stream: true })).toEqual({
    anthropic_version: 'vertex-2023-10-16',
    max_tokens: 9,
    messages: [],
    stream: true,
  })
})

test('Mistral gets its own name for the model', () => {
  const model = 'mistralai/codestral-2'
  const encode = findChatApi(googleVertexAI, model)?.encode
  expect(encode?.({ model, messages: [], seed: 7 }, { model, stream: false })).toEqual({
    model: 'codestral-2',
    messages: [],
    random_seed: 7,
  })
})

test('a name cannot lead elsewhere', () => {
  const url = googleVertexAI.chatUrl('x:predict?y#{project}', false)
  expect(url).toBe(`${root}/publishers/google/models/x%3Apredict%3Fy%23%7Bproject%7D:generateContent`)
})
