import { findEntry, registry } from '@gw/adapters/registry'
import { credentialHeaders } from '@gw/headers/entry-headers'
import { describe, expect, test } from 'vitest'
import { providers } from './internal.ts'
import { targetOf } from './target-of.ts'

const options = { url: 'https://gw.test/v1/acc/gw' }
const request = (url: string, headers: [string, string][] = []) => ({
  url,
  method: 'POST',
  headers,
  body: '{}',
  signal: undefined,
  redirect: 'follow' as const,
})

/** A URL of each provider, as its AI SDK package writes it. */
const urls: Readonly<Record<string, readonly [url: string, endpoint: string]>> = {
  openai: ['https://api.openai.com/v1/responses', 'v1/responses'],
  anthropic: ['https://api.anthropic.com/v1/messages', 'v1/messages'],
  'google-ai-studio': [
    'https://generativelanguage.googleapis.com/v1beta/models/g:streamGenerateContent?alt=sse',
    'v1beta/models/g:streamGenerateContent?alt=sse',
  ],
  grok: ['https://api.x.ai/v1/chat/completions', 'v1/chat/completions'],
  groq: ['https://api.groq.com/openai/v1/chat/completions', 'chat/completions'],
  alibaba: ['https://dashscope-intl.aliyuncs.com/compatible-mode/v1/chat/completions', 'v1/chat/completions'],
  minimax: ['https://api.minimax.io/v1/chat/completions', 'v1/chat/completions'],
  'google-vertex-ai': [
    'https://aiplatform.eu.rep.googleapis.com/v1beta1/projects/p/locations/eu/publishers/google/models/g:generateContent',
    'v1beta1/projects/p/locations/eu/publishers/google/models/g:generateContent',
  ],
  deepseek: ['https://api.deepseek.com/chat/completions', 'chat/completions'],
  mistral: ['https://api.mistral.ai/v1/chat/completions', 'v1/chat/completions'],
  'perplexity-ai': ['https://api.perplexity.ai/chat/completions', 'chat/completions'],
  cerebras: ['https://api.cerebras.ai/v1/chat/completions', 'v1/chat/completions'],
  openrouter: ['https://openrouter.ai/api/v1/chat/completions', 'v1/chat/completions'],
  fireworks: ['https://api.fireworks.ai/inference/v1/chat/completions', 'chat/completions'],
  cohere: ['https://api.cohere.com/v2/chat', 'v2/chat'],
  baseten: ['https://inference.baseten.co/v1/chat/completions', 'v1/chat/completions'],
  parallel: ['https://api.parallel.ai/v1beta/search', 'v1beta/search'],
  'azure-openai': [
    'https://res.openai.azure.com/openai/v1/responses?api-version=v1',
    'res/v1/responses?api-version=v1',
  ],
  'aws-bedrock': [
    'https://bedrock-runtime.us-east-1.amazonaws.com/model/a%3A0/converse',
    'bedrock-runtime/us-east-1/model/a%3A0/converse',
  ],
  huggingface: ['https://router.huggingface.co/v1/responses', 'v1/responses'],
  replicate: ['https://api.replicate.com/v1/predictions', 'v1/predictions'],
  fal: ['https://fal.run/fal-ai/flux/dev', 'fal-ai/flux/dev'],
  ideogram: ['https://api.ideogram.ai/v1/ideogram-v3/generate', 'v1/ideogram-v3/generate'],
  cartesia: ['https://api.cartesia.ai/tts/bytes', 'tts/bytes'],
  deepgram: ['https://api.deepgram.com/v1/speak?model=aura', 'v1/speak?model=aura'],
  elevenlabs: ['https://api.elevenlabs.io/v1/text-to-speech/v', 'v1/text-to-speech/v'],
  'workers-ai': ['https://api.cloudflare.com/client/v4/accounts/a/ai/run/@cf/meta/llama', 'run/@cf/meta/llama'],
  together: ['https://api.together.xyz/v1/chat/completions', 'v1/chat/completions'],
}

/** Every credential header, each with a secret of its own. */
const everySecret = [...credentialHeaders].map((name): [string, string] => [name, `secret-of-${name}`])

describe.each(registry.map(({ id }) => [id]))('%s', (id) => {
  const [url, endpoint] = urls[id] ?? ['missing: add a URL above', '']
  const entry = findEntry(id)
  const own = entry ? [entry.auth.header, ...(entry.otherAuthHeaders ?? [])] : []

  test('its URLs are its endpoints', () => {
    expect(targetOf(request(url), options)).toEqual({ provider: id, endpoint, headers: {} })
  })

  test('only its own credentials go along', () => {
    const { headers } = targetOf(request(url, [...everySecret, ['x-custom', 'kept']]), options)
    expect(Object.keys(headers).toSorted()).toEqual([...own, 'x-custom'].toSorted())
  })

  test.each([
    'CF_TEMP_TOKEN',
    'Bearer CF_TEMP_TOKEN',
    'Key CF_TEMP_TOKEN',
    'Token CF_TEMP_TOKEN',
    'Bearer unused',
    'Bearer undefined',
  ])('the filler %s stays here', (filler) => {
    const { headers } = targetOf(
      request(
        url,
        own.map((name): [string, string] => [name, filler]),
      ),
      options,
    )
    expect(headers).toEqual({})
  })
})

test.each([
  ['https://gateway.ai.cloudflare.com/v1/compat/chat/completions', 'chat/completions'],
  ['https://gw.test/v1/acc/gw/compat/embeddings', 'embeddings'],
])('%s is the unified endpoint', (url, endpoint) => {
  expect(targetOf(request(url), options)).toMatchObject({ provider: 'compat', endpoint })
})

test.each([
  'https://evil.test/https://api.openai.com/v1/responses',
  'https://api.openai.com.evil.test/v1',
  'http://api.openai.com/v1/x',
  'nonsense',
])('%s is nobody’s', (url) => {
  expect(() => targetOf(request(url), options)).toThrow('customProviders')
})

test('the longest base URL of a custom provider wins', () => {
  const customProviders = { 'https://api.acme.dev': 'acme', 'https://api.acme.dev/beta': 'acme-beta' }
  expect(targetOf(request('https://api.acme.dev/beta/chat'), { ...options, customProviders })).toMatchObject({
    provider: 'custom-acme-beta',
    endpoint: 'chat',
  })
})

test('every provider that the table of URLs names is one of the registry', () => {
  const ids = new Set(registry.map(({ id }) => id))
  expect(providers.map(({ name }) => name).filter((name) => name !== 'compat' && !ids.has(name))).toEqual([])
})
