import type { TranscriptionModelV4CallOptions } from '@ai-sdk/provider'
import { describe, expect, test } from 'vitest'
import { jsonResponse, type FakeAnswer } from '../__fixtures__/fake-binding.ts'
import { fakeModels } from '../__fixtures__/models.ts'
import type { WorkersAITranscriptionSettings } from './transcription-settings.ts'

const whisper = '@cf/openai/whisper'
const turbo = '@cf/openai/whisper-large-v3-turbo'
const nova = '@cf/deepgram/nova-3'
const flux = '@cf/deepgram/flux'
const audio = new Uint8Array([1, 2, 3])
const base64 = 'AQID'
const file = { body: base64, contentType: 'audio/wav' }

interface Asked {
  answer?: FakeAnswer
  settings?: WorkersAITranscriptionSettings
  options?: Partial<TranscriptionModelV4CallOptions>
}

async function transcribe(modelId: string, { answer = { text: '' }, settings = {}, options = {} }: Asked = {}) {
  const { transcription, runs } = fakeModels(answer)
  const result = await transcription(modelId, settings).doGenerate({ audio, mediaType: 'audio/wav', ...options })
  return { ...result, inputs: runs[0]?.inputs, runs }
}

describe('the inputs of a transcription', () => {
  test.each([
    [whisper, { audio: [1, 2, 3] }],
    ['@cf/openai/whisper-tiny-en', { audio: [1, 2, 3] }],
    [turbo, { audio: base64 }],
    ['@cf/nvidia/nemotron-speech-streaming-en-0.6b', { audio: base64 }],
    [nova, { audio: file }],
    [flux, { audio: file, encoding: 'linear16', sample_rate: '16000' }],
  ])('of %s hold the audio as it takes it', async (modelId, inputs) => {
    expect((await transcribe(modelId)).inputs).toEqual(inputs)
    expect((await transcribe(modelId, { options: { audio: base64 } })).inputs).toEqual(inputs)
  })

  test('have the rate that the type names', async () => {
    const { inputs } = await transcribe(flux, { options: { mediaType: 'audio/l16;rate=48000' } })
    expect(inputs).toMatchObject({ sample_rate: '48000' })
  })

  test.each([
    [turbo, { audio: base64, language: 'de', initial_prompt: 'Grüße' }, []],
    [whisper, { audio: [1, 2, 3], language: 'de', initial_prompt: 'Grüße' }, []],
    [nova, { audio: file, language: 'de' }, [{ type: 'unsupported', feature: 'prompt' }]],
  ])('of %s have language and prompt where it knows them', async (modelId, expected, warned) => {
    const { inputs, warnings } = await transcribe(modelId, { settings: { language: 'de', prompt: 'Grüße' } })
    expect(inputs).toEqual(expected)
    expect(warnings).toMatchObject(warned)
  })

  test("have the call's own fields", async () => {
    const own = { detect_language: true, language: 'fr' }
    const { inputs } = await transcribe(nova, {
      settings: { language: 'de' },
      options: { providerOptions: { 'workers-ai': own } },
    })
    expect(inputs).toEqual({ audio: file, ...own })
  })

  test('ask for segments where the model makes them only then, or warn', async () => {
    const options = { timestampGranularities: ['segment' as const] }
    expect((await transcribe(nova, { options })).inputs).toMatchObject({ utterances: true })
    expect((await transcribe(turbo, { options })).warnings).toEqual([])
    expect((await transcribe(whisper, { options })).warnings).toMatchObject([{ feature: 'timestampGranularities' }])
  })
})

describe('a transcript', () => {
  const words = [
    { word: 'Good', start: 0, end: 0.5 },
    { word: ' morning', start: 0.5, end: 1.1 },
  ]
  const timed = [
    { text: 'Good', startSecond: 0, endSecond: 0.5 },
    { text: ' morning', startSecond: 0.5, endSecond: 1.1 },
  ]
  const nothing = { language: undefined, durationInSeconds: undefined }

  test('of Whisper has words, which are its segments', async () => {
    const result = await transcribe(whisper, { answer: { text: 'Good morning', word_count: 2, words } })
    expect(result).toMatchObject({ text: 'Good morning', segments: timed, words: timed, ...nothing })
  })

  test('of the turbo model has segments, words, language and duration', async () => {
    const answer = {
      text: 'Good morning',
      transcription_info: { language: 'en', duration: 3.2 },
      segments: [{ start: 0, end: 1.9, text: 'Good morning', words }],
    }
    const result = await transcribe(turbo, {
      answer: () => jsonResponse({ result: answer, success: true, errors: [] }),
    })
    expect(result).toMatchObject({
      text: 'Good morning',
      segments: [{ text: 'Good morning', startSecond: 0, endSecond: 1.9 }],
      words: timed,
      language: 'en',
      durationInSeconds: 3.2,
    })
  })

  test("of Deepgram's models has words, and utterances where it was asked for them", async () => {
    const channel = { detected_language: 'en', alternatives: [{ transcript: 'Good morning', words }] }
    const answer = { metadata: { duration: 1.2 }, results: { channels: [channel] } }
    expect(await transcribe(nova, { answer })).toMatchObject({
      text: 'Good morning',
      segments: timed,
      words: timed,
      language: 'en',
      durationInSeconds: 1.2,
    })
    const utterances = [{ start: 0, end: 1.1, transcript: 'Good morning' }]
    const spoken = { results: { channels: [channel], utterances } }
    expect(await transcribe(nova, { answer: spoken })).toMatchObject({
      segments: [{ text: 'Good morning', startSecond: 0, endSecond: 1.1 }],
    })
  })

  test.each([
    [
      'a turn of live audio',
      { event: 'EndOfTurn', transcript: 'Good', words: [{ word: 'Good', confidence: 1 }] },
      undefined,
    ],
    ['text with a duration', { text: 'Good', duration: 2 }, 2],
    ['text alone', 'Good', undefined],
    ['an empty answer', { results: {} }, undefined],
  ])('may be %s', async (name, answer, durationInSeconds) => {
    const result = await transcribe(flux, { answer })
    expect(result).toMatchObject({ text: name === 'an empty answer' ? '' : 'Good', segments: [], durationInSeconds })
    expect(result).not.toHaveProperty('words')
  })

  test('goes through the gateway with its headers, and tells its facts', async () => {
    const { transcription, runs } = fakeModels(
      () => jsonResponse({ text: 'x' }, { headers: { 'cf-aig-log-id': 'l1' } }),
      { id: 'g' },
    )
    const model = transcription(nova, { language: 'en', tags: ['t'] })
    expect(model.provider).toBe('workersai.transcription')
    const { providerMetadata, response } = await model.doGenerate({
      audio,
      mediaType: 'audio/wav',
      headers: { 'x-a': '1' },
    })
    expect(providerMetadata).toEqual({ gateway: { logId: 'l1' } })
    expect(response).toMatchObject({ modelId: nova, headers: { 'cf-aig-log-id': 'l1' }, body: { text: 'x' } })
    expect(runs[0]?.options).toEqual({
      returnRawResponse: true,
      tags: ['t'],
      gateway: { id: 'g' },
      extraHeaders: { 'x-a': '1' },
    })
  })

  test('is an error with its status where the model fails', async () => {
    const answer = () => jsonResponse({ errors: [{ code: 3006, message: 'Request is too large' }] }, { status: 413 })
    await expect(transcribe(turbo, { answer })).rejects.toMatchObject({ statusCode: 413, isRetryable: false })
  })
})
