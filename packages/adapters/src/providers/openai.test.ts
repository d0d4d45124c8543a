import { expect, test } from 'vitest'
import { findChatApi } from '../provider.ts'
import { openai } from './openai.ts'

test.each([
  ['gpt-5', 'openai-chat', 'openai-chat'],
  ['gpt-5', 'openai-responses', 'openai-responses'],
  ['gpt-5', 'anthropic-messages', 'openai-chat'],
  ['gpt-5-pro', 'openai-chat', 'openai-responses'],
  ['gpt-5.1-codex-max', 'openai-chat', 'openai-responses'],
  ['o3-pro-2025-06-10', 'anthropic-messages', 'openai-responses'],
  ['gpt-3.5-turbo-instruct', 'openai-chat', 'openai-completions'],
  ['ft:davinci-002:acme::abc', 'openai-chat', 'openai-completions'],
  ['gpt-3.5-turbo', 'openai-completions', 'openai-chat'],
])('%s is asked in %s callers’ name as %s', (model, caller, wire) => {
  expect(findChatApi(openai, model, caller)?.wire.id).toBe(wire)
})
