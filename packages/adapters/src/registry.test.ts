import { describe, expect, test } from 'vitest'
import { createProviders } from './provider.ts'
import { findEntry, matchUrl, registry, toNativeUrl } from './registry.ts'

/** Cloudflare's own 26 vendors in the order of its URL detection, then ours. */
const ids = [
  'openai',
  'anthropic',
  'google-ai-studio',
  'grok',
  'groq',
  'alibaba',
  'minimax',
  'google-vertex-ai',
  'deepseek',
  'mistral',
  'perplexity-ai',
  'cerebras',
  'openrouter',
  'fireworks',
  'cohere',
  'baseten',
  'parallel',
  'azure-openai',
  'aws-bedrock',
  'huggingface',
  'replicate',
  'fal',
  'ideogram',
  'cartesia',
  'deepgram',
  'elevenlabs',
  'workers-ai',
  'together',
]

const urlOf = (id: string, path: string): string | undefined => {
  const entry = findEntry(id)
  if (!entry) throw new Error(`The registry has no "${id}".`)
  return toNativeUrl(entry, path)
}

test('the registry has every vendor of the published client, in its order, and two more', () => {
  expect(registry.map(({ id }) => id)).toEqual(ids)
})

test.each([
  ['google', 'google-ai-studio'],
  ['ai-studio', 'google-ai-studio'],
  ['xai', 'grok'],
  ['google-vertex', 'google-vertex-ai'],
  ['perplexity', 'perplexity-ai'],
  ['azure', 'azure-openai'],
  ['bedrock', 'aws-bedrock'],
  ['workersai', 'workers-ai'],
  ['fireworks-ai', 'fireworks'],
  ['together-ai', 'together'],
])('%s is another name of %s', (alias, id) => {
  expect(findEntry(alias)?.id).toBe(id)
  expect(createProviders(registry).find(alias)?.id).toBe(id)
})

test('names that nobody has are not found', () => {
  expect(findEntry('nobody')).toBeUndefined()
  expect(matchUrl('https://example.com/v1/chat/completions')).toBeUndefined()
})

describe('what the published client knows of a vendor', () => {
  test('is who is in the run catalogue and on unified billing', () => {
    const unified = registry.filter(({ billing }) => billing === 'unified').map(({ id }) => id)
    expect(unified).toEqual([...ids.slice(0, 9), 'workers-ai'])
    const catalogue = registry.filter(({ runCatalog }) => runCatalog).map(({ id }) => id)
    expect(catalogue).toEqual(ids.slice(0, 9).filter((id) => id !== 'google-vertex-ai'))
  })

  test('is who has no path of its own at the gateway', () => {
    expect(registry.filter(({ gatewayPath }) => gatewayPath === false).map(({ id }) => id)).toEqual([
      'alibaba',
      'minimax',
    ])
  })

  test.each([
    ['openai', ['authorization']],
    ['anthropic', ['x-api-key', 'authorization']],
    ['google-ai-studio', ['x-goog-api-key', 'authorization']],
    ['google-vertex-ai', ['authorization', 'x-goog-api-key']],
    ['parallel', ['authorization', 'x-api-key']],
    ['azure-openai', ['api-key', 'authorization']],
    ['aws-bedrock', ['authorization']],
    ['ideogram', ['api-key', 'authorization']],
    ['cartesia', ['x-api-key', 'authorization']],
    ['deepgram', ['authorization', 'token']],
    ['elevenlabs', ['xi-api-key', 'authorization']],
    ['fal', ['authorization']],
  ])('is that the secret of %s travels in %o', (id, headers) => {
    const entry = findEntry(id)
    expect([entry?.auth.header, ...(entry?.otherAuthHeaders ?? [])]).toEqual(headers)
  })

  test.each([
    ['xai', 'https://api.x.ai/v1'],
    ['groq', 'https://api.groq.com/openai/v1'],
    ['deepseek', 'https://api.deepseek.com'],
    ['mistral', 'https://api.mistral.ai/v1'],
    ['perplexity', 'https://api.perplexity.ai'],
    ['cerebras', 'https://api.cerebras.ai/v1'],
    ['openrouter', 'https://openrouter.ai/api/v1'],
    ['fireworks', 'https://api.fireworks.ai/inference/v1'],
  ])('is the base URL of %s', (id, baseURL) => {
    expect(findEntry(id)?.clientBaseURL).toBe(baseURL)
  })
})

/** A vendor's own URL, and its path at the gateway. */
const urls: [string, string, string][] = [
  ['https://api.openai.com/v1/responses', 'openai', 'v1/responses'],
  ['https://api.anthropic.com/v1/messages', 'anthropic', 'v1/messages'],
  [
    'https://generativelanguage.googleapis.com/v1beta/models/gemini-3-pro:streamGenerateContent?alt=sse',
    'google-ai-studio',
    'v1beta/models/gemini-3-pro:streamGenerateContent?alt=sse',
  ],
  [
    'https://generativelanguage.googleapis.com/v1beta/openai/chat/completions',
    'google-ai-studio',
    'v1beta/openai/chat/completions',
  ],
  ['https://api.x.ai/v1/responses', 'grok', 'v1/responses'],
  ['https://api.groq.com/openai/v1/chat/completions', 'groq', 'chat/completions'],
  [
    'https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/us-central1/publishers/google/models/g:generateContent',
    'google-vertex-ai',
    'v1/projects/p/locations/us-central1/publishers/google/models/g:generateContent',
  ],
  [
    'https://aiplatform.googleapis.com/v1/projects/p/locations/global/publishers/google/models/g:generateContent',
    'google-vertex-ai',
    'v1/projects/p/locations/global/publishers/google/models/g:generateContent',
  ],
  ['https://api.deepseek.com/chat/completions', 'deepseek', 'chat/completions'],
  ['https://api.mistral.ai/v1/chat/completions', 'mistral', 'v1/chat/completions'],
  ['https://api.perplexity.ai/chat/completions', 'perplexity-ai', 'chat/completions'],
  ['https://api.cerebras.ai/v1/chat/completions', 'cerebras', 'v1/chat/completions'],
  ['https://openrouter.ai/api/v1/chat/completions', 'openrouter', 'v1/chat/completions'],
  ['https://api.fireworks.ai/inference/v1/chat/completions', 'fireworks', 'chat/completions'],
  ['https://api.cohere.com/v2/chat', 'cohere', 'v2/chat'],
  [
    'https://my-res.openai.azure.com/openai/deployments/gpt-5/chat/completions?api-version=2024-10-21',
    'azure-openai',
    'my-res/gpt-5/chat/completions?api-version=2024-10-21',
  ],
  ['https://my-res.openai.azure.com/openai/v1/responses', 'azure-openai', 'my-res/v1/responses'],
  [
    'https://bedrock-runtime.us-west-2.amazonaws.com/model/anthropic.claude%3A0/converse',
    'aws-bedrock',
    'bedrock-runtime/us-west-2/model/anthropic.claude%3A0/converse',
  ],
  ['https://router.huggingface.co/v1/chat/completions', 'huggingface', 'v1/chat/completions'],
  ['https://api.replicate.com/v1/predictions', 'replicate', 'v1/predictions'],
  ['https://fal.run/fal-ai/flux/dev', 'fal', 'fal-ai/flux/dev'],
  ['https://queue.fal.run/fal-ai/veo3/requests/1/status', 'fal', 'queue.fal.run/fal-ai/veo3/requests/1/status'],
  ['https://inference.baseten.co/v1/chat/completions', 'baseten', 'v1/chat/completions'],
  ['https://model-abc.api.baseten.co/production/predict', 'baseten', 'model/abc/production/predict'],
  ['https://api.parallel.ai/v1beta/search', 'parallel', 'v1beta/search'],
  ['https://dashscope-intl.aliyuncs.com/compatible-mode/v1/chat/completions', 'alibaba', 'v1/chat/completions'],
  ['https://api.minimax.io/v1/chat/completions', 'minimax', 'v1/chat/completions'],
  ['https://api.ideogram.ai/v1/ideogram-v3/generate', 'ideogram', 'v1/ideogram-v3/generate'],
  ['https://api.cartesia.ai/tts/bytes', 'cartesia', 'tts/bytes'],
  ['https://api.deepgram.com/v1/listen?model=nova-3', 'deepgram', 'v1/listen?model=nova-3'],
  ['https://api.elevenlabs.io/v1/text-to-speech/abc', 'elevenlabs', 'v1/text-to-speech/abc'],
  ['https://api.together.xyz/v1/chat/completions', 'together', 'v1/chat/completions'],
]

describe('a vendor URL', () => {
  test.each(urls)('%s is %s, %s', (url, id, path) => {
    const match = matchUrl(url)
    expect({ id: match?.entry.id, path: match?.path }).toEqual({ id, path })
  })

  test.each(urls)('%s comes back from the path of %s', (url, id, path) => {
    expect(urlOf(id, path)).toBe(url)
    expect(urlOf(id, `/${path}`)).toBe(url)
  })

  test('of an older host reaches the vendor all the same', () => {
    expect(matchUrl('https://api.cohere.ai/v1/chat')).toMatchObject({ entry: { id: 'cohere' }, path: 'v1/chat' })
    expect(matchUrl('https://api.together.ai/v1/models')).toMatchObject({
      entry: { id: 'together' },
      path: 'v1/models',
    })
  })
})

describe('a native path', () => {
  const openai = 'https://api.openai.com/v1/chat/completions'
  const claude = 'https://api.anthropic.com/v1/messages'
  const gemini = 'https://generativelanguage.googleapis.com/v1beta/models/g:generateContent'
  const azure = 'https://r.openai.azure.com/openai'

  test.each([
    ['openai', 'chat/completions', openai],
    ['openai', 'v1/chat/completions', openai],
    ['openai', 'v1/v1/chat/completions', openai],
    ['openai', 'responses', 'https://api.openai.com/v1/responses'],
    ['anthropic', 'messages', claude],
    ['anthropic', 'v1/messages', claude],
    ['anthropic', 'v1/v1/messages', claude],
    ['google-ai-studio', 'models/g:generateContent', gemini],
    ['google-ai-studio', 'v1beta/models/g:generateContent', gemini],
    ['google-ai-studio', 'v1/models/g:generateContent', gemini.replace('v1beta', 'v1')],
    ['mistral', 'chat/completions', 'https://api.mistral.ai/v1/chat/completions'],
    ['cerebras', 'chat/completions', 'https://api.cerebras.ai/v1/chat/completions'],
    ['cerebras', 'v1/chat/completions', 'https://api.cerebras.ai/v1/chat/completions'],
    ['grok', 'chat/completions', 'https://api.x.ai/v1/chat/completions'],
    ['grok', 'v1/chat/completions', 'https://api.x.ai/v1/chat/completions'],
    ['openrouter', 'chat/completions', 'https://openrouter.ai/api/v1/chat/completions'],
    ['openrouter', 'v1/chat/completions', 'https://openrouter.ai/api/v1/chat/completions'],
    ['openrouter', 'api/v1/chat/completions', 'https://openrouter.ai/api/v1/chat/completions'],
    ['cohere', 'chat', 'https://api.cohere.com/v2/chat'],
    ['cohere', 'v2/chat', 'https://api.cohere.com/v2/chat'],
    ['cohere', 'v1/chat', 'https://api.cohere.com/v1/chat'],
    ['groq', 'chat/completions', 'https://api.groq.com/openai/v1/chat/completions'],
    ['groq', 'openai/v1/chat/completions', 'https://api.groq.com/openai/v1/chat/completions'],
    ['deepseek', 'chat/completions', 'https://api.deepseek.com/chat/completions'],
    ['deepseek', 'v1/chat/completions', 'https://api.deepseek.com/v1/chat/completions'],
    ['perplexity-ai', 'chat/completions', 'https://api.perplexity.ai/chat/completions'],
    ['perplexity-ai', 'v1/chat/completions', 'https://api.perplexity.ai/chat/completions'],
    ['perplexity-ai', 'v1/embeddings', 'https://api.perplexity.ai/v1/embeddings'],
    ['azure-openai', 'r/dep/chat/completions?api-version=1', `${azure}/deployments/dep/chat/completions?api-version=1`],
    ['azure-openai', 'r/v1/responses', `${azure}/v1/responses`],
    ['azure-openai', 'r/deployments/dep/embeddings', `${azure}/deployments/dep/embeddings`],
    ['azure-openai', 'r/openai/v1/responses', `${azure}/v1/responses`],
    ['azure-openai', 'r/openai/deployments/dep/embeddings', `${azure}/deployments/dep/embeddings`],
    ['azure-openai', 'chat/completions', undefined],
    [
      'aws-bedrock',
      'bedrock-runtime/eu-west-1/model/a%3A0/invoke',
      'https://bedrock-runtime.eu-west-1.amazonaws.com/model/a%3A0/invoke',
    ],
    [
      'aws-bedrock',
      'bedrock-mantle/us-east-1/anthropic/v1/messages',
      'https://bedrock-mantle.us-east-1.api.aws/anthropic/v1/messages',
    ],
    ['baseten', 'v1/chat/completions', 'https://inference.baseten.co/v1/chat/completions'],
    ['baseten', 'model/abc', 'https://model-abc.api.baseten.co/production/predict'],
    [
      'baseten',
      'model/abc/environments/production/sync/v1',
      'https://model-abc.api.baseten.co/environments/production/sync/v1',
    ],
    ['huggingface', 'v1/chat/completions', 'https://router.huggingface.co/v1/chat/completions'],
    ['huggingface', 'hf-inference/models/x', 'https://router.huggingface.co/hf-inference/models/x'],
    ['replicate', 'predictions', 'https://api.replicate.com/v1/predictions'],
    ['replicate', 'models/m/predictions', 'https://api.replicate.com/v1/models/m/predictions'],
    ['elevenlabs', 'v1/text-to-speech/v', 'https://api.elevenlabs.io/v1/text-to-speech/v'],
    ['deepgram', 'v1/listen', 'https://api.deepgram.com/v1/listen'],
    ['fireworks', 'chat/completions', 'https://api.fireworks.ai/inference/v1/chat/completions'],
    ['parallel', 'v1beta/search', 'https://api.parallel.ai/v1beta/search'],
    ['workers-ai', '@cf/meta/llama', 'https://api.cloudflare.com/client/v4/accounts/{account}/ai/run/@cf/meta/llama'],
  ])('at %s, %s reaches %s', (id, path, url) => {
    expect(urlOf(id, path)).toBe(url)
  })

  test.each(['run/@cf/meta/llama', 'v1/chat/completions'])('at workers-ai, %s reaches the account', (path) => {
    expect(urlOf('workers-ai', path)).toBe(`https://api.cloudflare.com/client/v4/accounts/{account}/ai/${path}`)
  })
})
