import { describe, expect, test } from 'vitest'
import {
  detectProviderByUrl as publishedDetect,
  findProviderBySlug as publishedFind,
  GATEWAY_PROVIDERS as published,
} from 'workers-ai-provider'
import {
  detectProviderByUrl,
  findProviderBySlug,
  GATEWAY_PROVIDERS,
  toEndpoint,
  wireableProviders,
} from './gateway-providers.ts'

test.each(published.map((info) => [info.resolverKey, info] as const))(
  '%s has the facts that the published table states',
  (key, { hostPattern: _, transformEndpoint: _t, authHeaders, ...facts }) => {
    const own = findProviderBySlug(key)
    expect(own).toMatchObject(facts)
    expect(own?.authHeaders).toEqual(expect.arrayContaining(authHeaders))
  },
)

test('the published aliases mean the same providers', () => {
  for (const alias of ['grok', 'google-ai-studio', 'google-vertex-ai', 'bedrock', 'azure']) {
    expect(findProviderBySlug(alias)?.resolverKey).toBe(publishedFind(alias)?.resolverKey)
  }
  expect(findProviderBySlug('gemini')?.resolverKey).toBe('google')
  expect(findProviderBySlug('nobody')).toBeUndefined()
})

test('every wireable provider of the published table is wireable here', () => {
  const keys = wireableProviders().map(({ resolverKey }) => resolverKey)
  const theirs = published.filter(({ wireFormat }) => wireFormat).map(({ resolverKey }) => resolverKey)
  expect(keys).toEqual(expect.arrayContaining(theirs))
})

test('keys are unique', () => {
  const keys = GATEWAY_PROVIDERS.map(({ resolverKey }) => resolverKey)
  expect(new Set(keys).size).toBe(keys.length)
})

describe('a URL', () => {
  test.each([
    'https://api.openai.com/v1/chat/completions',
    'https://api.anthropic.com/v1/messages',
    'https://generativelanguage.googleapis.com/v1beta/models/gemini-3:streamGenerateContent?alt=sse',
    'https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/us-central1/publishers/google/models/m:generateContent',
    'https://api.x.ai/v1/chat/completions',
    'https://api.groq.com/openai/v1/chat/completions',
    'https://api.deepseek.com/chat/completions',
    'https://api.mistral.ai/v1/chat/completions',
    'https://api.perplexity.ai/chat/completions',
    'https://api.cerebras.ai/v1/chat/completions',
    'https://openrouter.ai/api/v1/chat/completions',
    'https://api.fireworks.ai/inference/v1/chat/completions',
    'https://api.cohere.com/v2/chat',
    'https://my-resource.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=1',
    'https://bedrock-runtime.us-east-1.amazonaws.com/model/m/converse',
    'https://api-inference.huggingface.co/models/a/b',
    'https://api.replicate.com/v1/predictions',
    'https://fal.run/fal-ai/flux',
    'https://api.ideogram.ai/generate',
    'https://api.cartesia.ai/tts/bytes',
    'https://api.deepgram.com/v1/listen?model=nova-3',
    'https://api.elevenlabs.io/v1/text-to-speech/voice',
  ])('is told apart and cut as published: %s', (url) => {
    const theirs = publishedDetect(url)
    expect(detectProviderByUrl(url)?.gatewayProviderId).toBe(theirs?.gatewayProviderId)
    expect(toEndpoint(detectProviderByUrl(url), url)).toBe(theirs?.transformEndpoint?.(url))
  })

  test('of another host gives its path', () => {
    expect(toEndpoint(findProviderBySlug('openai'), 'https://proxy.example/v1/chat/completions?a=b')).toBe(
      'v1/chat/completions?a=b',
    )
  })
})
