import { expect, test } from 'vitest'
import { cost, type Usage, type Variant } from './index.ts'

const at = Date.UTC(2026, 10, 21, 12)

function nanoUsd(usage: Usage, name: string, variant?: Variant): number | undefined {
  const [provider = '', ...rest] = name.split('/')
  return cost(usage, { provider, model: rest.join('/'), ...(variant && { variant }) }, at)?.nanoUsd
}

test('prices images by size and quality', () => {
  // dall-e-3: $0.04 standard and $0.12 hd at 1024 × 1792; dall-e-2 at 256 × 256: $0.016, whatever its quality.
  expect(nanoUsd({ images: 2 }, 'openai/dall-e-3', { size: '1024x1024', quality: 'standard' })).toBe(80_000_000)
  expect(nanoUsd({ images: 1 }, 'openai/dall-e-3', { size: '1024x1792', quality: 'hd' })).toBe(120_000_000)
  expect(nanoUsd({ images: 3 }, 'openai/dall-e-2', { size: '256x256', quality: 'standard' })).toBe(48_000_000)
  expect(nanoUsd({ images: 1 }, 'openai/gpt-image-1', { size: '1536x1024', quality: 'high' })).toBe(250_000_000)
})

test('knows no price for a variant that it does not know, and never takes another', () => {
  expect(nanoUsd({ images: 1 }, 'openai/dall-e-3')).toBeUndefined()
  expect(nanoUsd({ images: 1 }, 'openai/dall-e-3', { size: '1024x1024' })).toBeUndefined()
  expect(nanoUsd({ images: 1 }, 'openai/dall-e-3', { size: '2048x2048', quality: 'hd' })).toBeUndefined()
  expect(nanoUsd({ images: 1 }, 'ideogram/ideogram-v3', { quality: 'flash' })).toBeUndefined()
  expect(nanoUsd({ images: 1 }, 'ideogram/ideogram-v3', { quality: 'turbo', mode: 'character' })).toBeUndefined()
  expect(nanoUsd({ seconds: 60 }, 'deepgram/nova-3', { mode: 'with add-ons' })).toBeUndefined()
})

test('keeps the prices of tokens beside those of images', () => {
  // gpt-image-1: $5 in, $10 image in, $40 out per million. 22 × 5 + 2,112 × 40 = 84,590 µ$.
  expect(nanoUsd({ input: 22, output_image: 2112 }, 'openai/gpt-image-1')).toBe(84_590_000)
})

test("prices Google's images, which differ between its APIs", () => {
  expect(nanoUsd({ images: 2 }, 'google-ai-studio/imagen-4.0-ultra-generate-001')).toBe(120_000_000)
  expect(nanoUsd({ images: 1 }, 'google-vertex-ai/imagen-4.0-fast-generate-001')).toBe(20_000_000)
  expect(nanoUsd({ images: 1 }, 'google-ai-studio/imagen-3.0-generate-002')).toBe(30_000_000)
  expect(nanoUsd({ images: 1 }, 'google-vertex-ai/imagen-3.0-generate-002')).toBe(40_000_000)
})

test('prices images of Workers AI by tiles and steps', () => {
  // flux-1-schnell, 1024 × 1024 at 4 steps: 4 × 4.80 + 4 × 4 × 9.60 = 172.8 neurons × 11,000 nano-USD.
  const schnell = { size: '1024x1024', steps: 4 }
  expect(nanoUsd({ images: 1 }, 'workers-ai/@cf/black-forest-labs/flux-1-schnell', schnell)).toBe(1_900_800)
  // flux-2-klein-4b, 2 images of 2 tiles: 4 × 26.05 = 104.2 neurons = 1,146,200 nano-USD.
  const klein = '@cf/black-forest-labs/flux-2-klein-4b'
  expect(nanoUsd({ images: 2 }, `workers-ai/${klein}`, { size: '1024x512' })).toBe(1_146_200)
  expect(nanoUsd({ images: 1 }, `workers-ai/${klein}`, { size: '1024x768' })).toBeUndefined()
  expect(nanoUsd({ images: 1 }, `workers-ai/${klein}`, { size: '1024x512', mode: 'edit' })).toBeUndefined()
  // flux-2-dev, 1 tile at 20 steps: 20 × 37.5 = 750 neurons = 8,250,000 nano-USD.
  const dev = 'workers-ai/@cf/black-forest-labs/flux-2-dev'
  expect(nanoUsd({ images: 1 }, dev, { size: '512x512', steps: 20 })).toBe(8_250_000)
  expect(nanoUsd({ images: 1 }, dev, { size: '512x512' })).toBeUndefined()
})

test('prices images of Ideogram, Replicate and xAI', () => {
  expect(nanoUsd({ images: 2 }, 'ideogram/ideogram-v3', { quality: 'default' })).toBe(120_000_000)
  expect(nanoUsd({ images: 1 }, 'ideogram/V_2_TURBO')).toBe(50_000_000)
  expect(nanoUsd({ images: 4 }, 'replicate/black-forest-labs/flux-schnell')).toBe(12_000_000)
  expect(nanoUsd({ images: 1 }, 'grok/grok-2-image')).toBe(70_000_000)
})

test('prices characters and seconds of speech', () => {
  // $0.015, $0.03 and $0.022 per 1,000 characters.
  expect(nanoUsd({ characters: 40 }, 'openai/tts-1')).toBe(600_000)
  expect(nanoUsd({ characters: 64 }, 'deepgram/aura-2-thalia-en')).toBe(1_920_000)
  expect(nanoUsd({ characters: 64 }, 'deepgram/aura-asteria-en')).toBe(960_000)
  expect(nanoUsd({ characters: 1000 }, 'groq/canopylabs/orpheus-v1-english')).toBe(22_000_000)
  // nova-3: $0.0043 a minute, $0.0052 in many languages.
  expect(nanoUsd({ seconds: 30 }, 'deepgram/nova-3-general')).toBe(2_150_000)
  expect(nanoUsd({ seconds: 30 }, 'deepgram/nova-3', { mode: 'multilingual' })).toBe(2_600_000)
})

test('prices pages, annotated or not', () => {
  // mistral-ocr-latest since 2026-06-23: $4 per 1,000 pages, $5 annotated; before 2025-05-22: $1.
  expect(nanoUsd({ pages: 3 }, 'mistral/mistral-ocr-latest')).toBe(12_000_000)
  expect(nanoUsd({ pages: 3 }, 'mistral/mistral-ocr-latest', { mode: 'annotated' })).toBe(15_000_000)
  const ref = { provider: 'mistral', model: 'mistral-ocr-latest' }
  expect(cost({ pages: 3 }, ref, Date.UTC(2025, 3, 1))?.nanoUsd).toBe(3_000_000)
})

test('prices rankings by search units, which are no web searches', () => {
  // $2 per 1,000.
  expect(nanoUsd({ search_units: 3 }, 'cohere/rerank-v3.5')).toBe(6_000_000)
  expect(nanoUsd({ search_units: 3 }, 'aws-bedrock/cohere.rerank-v3-5:0')).toBe(6_000_000)
  expect(nanoUsd({ searches: 3 }, 'cohere/rerank-v3.5')).toBeUndefined()
})

test('prices embeddings of code', () => {
  // $0.15 per million.
  expect(nanoUsd({ input: 38 }, 'mistral/codestral-embed-2505')).toBe(5700)
})

test('knows no price where a plan or a region sets it', () => {
  expect(nanoUsd({ characters: 100 }, 'elevenlabs/eleven_multilingual_v2')).toBeUndefined()
  expect(nanoUsd({ characters: 100 }, 'cartesia/sonic-3')).toBeUndefined()
  expect(nanoUsd({ images: 1 }, 'fal/fal-ai/flux/dev', { size: '1024x768' })).toBeUndefined()
  expect(
    nanoUsd({ images: 1 }, 'workers-ai/@cf/leonardo/phoenix-1.0', { size: '1024x1024', steps: 25 }),
  ).toBeUndefined()
})
