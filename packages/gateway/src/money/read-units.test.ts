import { isObject, parseObject, type JsonObject } from '@gw/adapters'
import { describe, expect, test } from 'vitest'
import { hasCorpus, providerIdOf, readRecorded, type Recorded } from './__fixtures__/recorded.ts'
import { readUnits, type UnitCall } from './read-units.ts'

function read(path: string, call: Partial<Omit<UnitCall, 'headers'>> & { headers?: Record<string, string> } = {}) {
  const { providerId = 'openai', request, answer, headers = {} } = call
  return readUnits({ providerId, path, request, answer, headers: new Headers(headers) })
}

const url = 'https://example.com/a.png'

test('counts images with what their price depends on, defaults of the model included', () => {
  const answer = { created: 1, data: [{ url }, { url }] }
  expect(read('/v1/images/generations', { request: { model: 'dall-e-3', n: 2 }, answer })).toEqual({
    usage: { images: 2 },
    variant: { size: '1024x1024', quality: 'standard' },
  })
  expect(
    read('images/generations', { request: { model: 'dall-e-3', quality: 'hd', size: '1024x1792' }, answer }),
  ).toEqual({ usage: { images: 2 }, variant: { size: '1024x1792', quality: 'hd' } })
})

test("leaves a size unsaid that is the provider's choice", () => {
  const answer = { data: [{ b64_json: 'AA' }] }
  expect(
    read('/v1/images/edits', { request: { model: 'gpt-image-1', size: 'auto', quality: 'auto' }, answer }),
  ).toEqual({
    usage: { images: 1 },
  })
})

test('takes the tokens of an image model before its images', () => {
  const usage = {
    input_tokens: 50,
    output_tokens: 1100,
    input_tokens_details: { text_tokens: 10, image_tokens: 40 },
    output_tokens_details: { text_tokens: 44, image_tokens: 1056 },
  }
  expect(read('/v1/images/edits', { answer: { data: [{ b64_json: 'AA' }], usage } })).toEqual({
    usage: { input: 10, input_image: 40, output: 44, output_image: 1056 },
  })
})

test('counts the characters of speech as people do', () => {
  expect(read('/v1/audio/speech', { request: { model: 'tts-1', input: 'Grüße 👋' } })).toEqual({
    usage: { characters: 7 },
  })
  expect(
    read('/v1/tts/bytes', { providerId: 'cartesia', request: { model_id: 'sonic-3', transcript: 'Hello' } }),
  ).toEqual({ usage: { characters: 5 }, model: 'sonic-3' })
})

test('believes the header that says what is billed before the text', () => {
  const request = { text: 'Hello there', model_id: 'eleven_flash_v2_5' }
  const call = { providerId: 'elevenlabs', request }
  expect(read('/v1/text-to-speech/VOICE/stream', { ...call, headers: { 'character-cost': '6' } })).toEqual({
    usage: { characters: 6 },
    model: 'eleven_flash_v2_5',
  })
  expect(read('/v1/text-to-speech/VOICE', call)?.usage).toEqual({ characters: 11 })
})

test('bills each channel of Deepgram where they are transcribed apart, and notices what is added', () => {
  const answer = { metadata: { duration: 12.5, channels: 2 } }
  const call = { providerId: 'deepgram', answer }
  expect(read('/v1/listen?model=nova-3&multichannel=true', call)).toEqual({ usage: { seconds: 25 }, model: 'nova-3' })
  expect(read('/v1/listen?model=nova-3&language=multi', call)).toEqual({
    usage: { seconds: 12.5 },
    variant: { mode: 'multilingual' },
    model: 'nova-3',
  })
  expect(read('/v1/listen?model=nova-3&diarize=true', call)?.variant).toEqual({ mode: 'with add-ons' })
})

test('counts audio by what is billed: tokens, whole seconds, else what it lasted', () => {
  const tokens = { type: 'tokens', input_tokens: 30, input_token_details: { text_tokens: 4 }, output_tokens: 9 }
  const path = '/v1/audio/transcriptions'
  expect(read(path, { answer: { text: '', usage: tokens } })?.usage).toEqual({ input: 4, input_audio: 26, output: 9 })
  expect(read(path, { answer: { duration: 5.49, usage: { type: 'duration', seconds: 6 } } })?.usage).toEqual({
    seconds: 6,
  })
  expect(read('/v1/audio/translations', { answer: { duration: 5.49 } })?.usage).toEqual({ seconds: 5.49 })
})

test('counts pages, annotated or not', () => {
  const answer = { model: 'mistral-ocr-latest', usage_info: { pages_processed: 3 } }
  const call = { providerId: 'mistral', answer }
  expect(read('/v1/ocr', call)).toEqual({ usage: { pages: 3 }, model: 'mistral-ocr-latest' })
  const request = { document_annotation_format: { type: 'json_schema' } }
  expect(read('/v1/ocr', { ...call, request })?.variant).toEqual({ mode: 'annotated' })
})

test('counts search units where they are billed, and tokens elsewhere', () => {
  expect(read('/v2/rerank', { providerId: 'cohere', answer: { meta: { billed_units: { search_units: 2 } } } })).toEqual(
    {
      usage: { search_units: 2 },
    },
  )
  expect(read('/v1/rerank', { providerId: 'jina', answer: { usage: { total_tokens: 815 } } })).toEqual({
    usage: { input: 815 },
  })
})

test('leaves out the images that Google held back', () => {
  const predictions = [{ gcsUri: 'gs://a' }, { bytesBase64Encoded: 'AA' }, { raiFilteredReason: 'No.' }]
  const path = '/v1beta/models/imagen-4.0-generate-001:predict'
  expect(read(path, { providerId: 'google-ai-studio', answer: { predictions } })).toEqual({
    usage: { images: 2 },
    model: 'imagen-4.0-generate-001',
  })
  expect(
    read('/v1/models/text-embedding-005:predict', { providerId: 'google-vertex-ai', answer: { predictions: [] } }),
  ).toBe(undefined)
})

test('counts images of Ideogram by speed, and of Replicate by address', () => {
  const answer = { data: [{ url }, { url }] }
  expect(
    read('/v1/ideogram-v3/generate', { providerId: 'ideogram', request: { rendering_speed: 'TURBO' }, answer }),
  ).toEqual({ usage: { images: 2 }, variant: { quality: 'turbo' }, model: 'ideogram-v3' })
  const path = '/v1/models/black-forest-labs/flux-schnell/predictions'
  const made = { status: 'succeeded', model: 'black-forest-labs/flux-schnell', output: [`${url}?x=1`] }
  expect(read(path, { providerId: 'replicate', answer: made })).toEqual({
    usage: { images: 1 },
    model: 'black-forest-labs/flux-schnell',
  })
  expect(read(path, { providerId: 'replicate', answer: { ...made, output: ['Once', ' upon'] } })).toBeUndefined()
})

test("takes Workers AI's receipt for all else, from the header or the answer", () => {
  const path = '/run/@cf/black-forest-labs/flux-1-schnell'
  const call = { providerId: 'workers-ai', request: { prompt: 'a fox' }, answer: { result: { image: 'AA' } } }
  expect(read(path, call)).toEqual({
    usage: { images: 1 },
    variant: { size: '1024x1024', steps: 4 },
    model: '@cf/black-forest-labs/flux-1-schnell',
  })
  expect(read(path, { ...call, headers: { 'cf-ai-neurons': '172.80' } })?.usage).toEqual({ neurons: 172.8 })
  const chat = { providerId: 'workers-ai', answer: { result: { response: 'Hi', usage: { neurons: 1.98 } } } }
  expect(read('/run/@cf/openai/gpt-oss-20b', chat)).toEqual({ usage: { neurons: 1.98 } })
  expect(read('/v1/chat/completions', { headers: { 'cf-ai-neurons': '9' } })).toBeUndefined()
})

test('passes on what the provider says that it charged', () => {
  // xAI: 700,000,000 ticks of $10⁻¹⁰ are $0.07.
  const answer = { data: [{ url }], usage: { cost_in_usd_ticks: 700_000_000 } }
  expect(read('/v1/images/generations', { providerId: 'grok', answer })).toEqual({
    usage: { images: 1 },
    receiptUsd: 0.07,
  })
})

test('says nothing of other calls, and of answers that say nothing', () => {
  expect(read('/v1/chat/completions', { answer: { usage: { prompt_tokens: 1 } } })).toBeUndefined()
  expect(read('/v1/audio/transcriptions')).toBeUndefined()
  expect(read('/v1/images/generations', { answer: { data: [] } })).toBeUndefined()
  expect(read('/v1/listen', { providerId: 'deepgram', answer: { request_id: 'x' } })).toBeUndefined()
  expect(read('/v1/audio/transcriptions', { answer: { duration: -1 } })).toBeUndefined()
})

describe.skipIf(!hasCorpus)(`recorded units${hasCorpus ? '' : ' (skipped: ../shared/corpus is not there)'}`, () => {
  const byId = new Map(readRecorded().map((recorded) => [recorded.id, recorded]))

  test.each<[string, ReturnType<typeof readUnits>]>([
    ['cohere.rerank.unary.basic.e5e97cb', { usage: { search_units: 1 } }],
    ['custom-llamacpp.rerank.unary.basic.7c90425', { usage: { input: 13 } }],
    ['openrouter.rerank.unary.basic.7291a50', { usage: { input: 17 }, receiptUsd: 3.4e-7 }],
    ['deepgram.listen.unary.stt-words.ca3ac6a', { usage: { seconds: 25.933313 }, model: 'nova-3-general' }],
    ['deepgram.speak.unary.tts-audio-mpeg.be2d738', { usage: { characters: 64 }, model: 'aura-2-thalia-en' }],
    [
      'elevenlabs.tts-timestamps.unary.tts-application-json.e8e0b04',
      { usage: { characters: 2 }, model: 'eleven_multilingual_v2' },
    ],
    ['cartesia.tts.unary.tts-audio-wav.a423c3d', { usage: { characters: 5 }, model: 'sonic-3' }],
    [
      'fal.run.unary.img-many.b78a5fd',
      { usage: { images: 2 }, variant: { size: '1024x768' }, model: 'fal-ai/flux/dev' },
    ],
    ['google.predict.unary.basic.a345649', { usage: {}, model: 'imagen-3.0-generate-002' }],
    ['vertex.predict.unary.basic.89dd7d9', { usage: { images: 1 }, model: 'imagen-3.0-generate-002' }],
    [
      'ideogram.generate.unary.img-url.e50c05c',
      { usage: { images: 1 }, variant: { quality: 'turbo' }, model: 'ideogram-v3' },
    ],
    ['mistral.ocr.unary.document.72ba425', { usage: { pages: 1 }, model: 'mistral-ocr-latest' }],
    ['mistral.speech.unary.tts-application-json.1f9f843', { usage: { characters: 64 } }],
    ['openai.images.unary.img-b64.b61ab65', { usage: { input: 22, output_image: 2112 } }],
    [
      'openai.images.unary.img-url.c50012a',
      { usage: { images: 1 }, variant: { size: '1024x1792', quality: 'standard' } },
    ],
    ['openai.images.unary.img-url.1e44fc8', { usage: { images: 1 }, variant: { size: '256x256' } }],
    ['openai.images.stream.basic.dc307ef', { usage: { input: 10, input_image: 40, output_image: 50 } }],
    ['openai.transcriptions.unary.basic.8ece2d4', { usage: { seconds: 7 } }],
    ['openai.transcriptions.unary.basic.feeca67', { usage: { input_audio: 17, output: 10 } }],
    ['openai.transcriptions.stream.stt-sse.60e239e', { usage: { input_audio: 37, output: 12 } }],
    ['openai.speech.unary.tts-audio-flac.a67de5d', { usage: { characters: 5 } }],
    ['openai.speech.stream.tts-text-event-stream.4191bf3', { usage: { input: 10, output_audio: 82 } }],
    [
      'openrouter.transcriptions.unary.basic.3d0064f',
      { usage: { input_audio: 37, output: 12 }, receiptUsd: 0.00010625 },
    ],
    ['xai.images.unary.img-b64.f67e740', { usage: { images: 1 }, receiptUsd: 0.07 }],
    ['xai.stt.unary.stt-words.13c7e4b', { usage: { seconds: 3.7 } }],
    [
      'workers-ai.run.unary.img-b64.6c8fa85',
      { usage: { images: 1 }, variant: { size: '1024x1024', steps: 4 }, model: '@cf/black-forest-labs/flux-1-schnell' },
    ],
    [
      'workers-ai.run.unary.stt-segments.58abd63',
      { usage: { seconds: 3.2 }, model: '@cf/openai/whisper-large-v3-turbo' },
    ],
    ['workers-ai.run.unary.tts-application-json.d4b7cd9', undefined],
  ])('%s', (id, expected) => {
    const recorded = byId.get(id)
    expect(recorded && readUnits(toCall(recorded))).toEqual(expected)
  })
})

function toCall(recorded: Recorded): UnitCall {
  const { request, response } = recorded
  const { pathname, search } = new URL(request?.url ?? 'https://example.com/')
  return {
    providerId: providerIdOf(recorded),
    path: decodeURIComponent(pathname) + search,
    request: request?.body ?? formOf(request?.multipart),
    answer: response.body ?? lastWithUsage(response.sse),
    headers: new Headers(response.headers),
  }
}

/** The fields of a form that are texts. */
function formOf(parts: readonly { name: string; value?: string }[] | undefined): JsonObject | undefined {
  return parts && Object.fromEntries(parts.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])))
}

function lastWithUsage(sse = ''): JsonObject | undefined {
  const events = sse.split('\n').map((line) => parseObject(line.replace(/^data: ?/, '')))
  return events.findLast((event) => isObject(event?.['usage']))
}
