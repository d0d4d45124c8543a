import { expect, test } from 'vitest'
import { parseSlug as published } from 'workers-ai-provider'
import { parseSlug, resolveSlug } from './parse-slug.ts'

test.each(['openai/gpt-5', 'openrouter/anthropic/claude-sonnet-4-5', 'openai//x', 'xai/grok 4'])(
  '%s is cut at its first slash',
  (slug) => {
    expect(parseSlug(slug)).toEqual(published(slug))
  },
)

test('a slug that lacks a part is refused', () => {
  expect(() => parseSlug('gpt-5')).toThrow(/no resolver key/)
  expect(() => parseSlug('openai/')).toThrow(/malformed/)
  expect(() => parseSlug('/gpt-5')).toThrow(/malformed/)
  expect(() => parseSlug('')).toThrow(/no resolver key/)
})

test('a provider that no plugin can speak to is refused with the way to reach it', () => {
  expect(() => resolveSlug('bogus/x')).toThrow(/Unknown gateway provider "bogus".*createGatewayProvider/)
  for (const slug of ['cohere/command-r', 'google-vertex/gemini-3', 'aws-bedrock/nova']) {
    expect(() => resolveSlug(slug)).toThrow(/createGatewayProvider/)
  }
})
