import type { SpeechModelV4CallOptions } from '@ai-sdk/provider'
import { describe, expect, test } from 'vitest'
import { jsonResponse, type FakeAnswer } from '../__fixtures__/fake-binding.ts'
import { fakeModels } from '../__fixtures__/models.ts'
import { streamOf } from '../__fixtures__/streams.ts'

const aura = '@cf/deepgram/aura-1'
const melotts = '@cf/myshell-ai/melotts'
const bytes = new Uint8Array([1, 2, 3])

async function speak(modelId: string, options: Partial<SpeechModelV4CallOptions> = {}, answer: FakeAnswer = bytes) {
  const { speech, runs } = fakeModels(answer)
  const result = await speech(modelId).doGenerate({ text: 'Hello', ...options })
  return {
    ...result,
    inputs: runs[0]?.inputs,
    features: result.warnings.map((warning) => 'feature' in warning && warning.feature),
  }
}

describe('the inputs of speech', () => {
  test.each([
    [aura, {}, { text: 'Hello' }],
    [aura, { voice: 'asteria', speed: 1.2 }, { text: 'Hello', speaker: 'asteria', speed: 1.2 }],
    [aura, { language: 'en' }, { text: 'Hello' }],
    ['@cf/deepgram/aura-2-es', { language: 'es-MX' }, { text: 'Hello' }],
    [aura, { outputFormat: 'mp3' }, { text: 'Hello', encoding: 'mp3' }],
    [aura, { outputFormat: 'WAV' }, { text: 'Hello', encoding: 'linear16', container: 'wav' }],
    [aura, { outputFormat: 'pcm' }, { text: 'Hello', encoding: 'linear16', container: 'none' }],
    [aura, { outputFormat: 'opus' }, { text: 'Hello', encoding: 'opus', container: 'ogg' }],
    [aura, { outputFormat: 'flac' }, { text: 'Hello', encoding: 'flac' }],
    [aura, { outputFormat: 'aac' }, { text: 'Hello', encoding: 'aac' }],
    [melotts, {}, { prompt: 'Hello' }],
    [melotts, { language: 'fr' }, { prompt: 'Hello', lang: 'fr' }],
    [melotts, { language: 'auto' }, { prompt: 'Hello' }],
    [aura, { providerOptions: { 'workers-ai': { sample_rate: 8000 } } }, { text: 'Hello', sample_rate: 8000 }],
  ])('of %s with %o are %o', async (modelId, options, expected) => {
    const { inputs, warnings } = await speak(modelId, options)
    expect(inputs).toEqual(expected)
    expect(warnings).toEqual([])
  })

  test.each([
    [aura, { instructions: 'Slowly.' }, ['instructions']],
    [aura, { language: 'de' }, ['language']],
    ['@cf/deepgram/aura-2-es', { language: 'en' }, ['language']],
    [aura, { outputFormat: 'midi' }, ['outputFormat']],
    [melotts, { voice: 'x', speed: 2, outputFormat: 'mp3' }, ['voice', 'speed', 'outputFormat']],
  ])('of %s warn for %o', async (modelId, options, features) => {
    expect((await speak(modelId, options)).features).toEqual(features)
  })
})

describe('speech', () => {
  test.each([
    ['bytes', bytes],
    ['a buffer', bytes.buffer],
    ['a stream', () => streamOf('\u0001\u0002\u0003', 2)],
    ['a response', () => new Response(bytes, { headers: { 'content-type': 'audio/mpeg' } })],
    ['base64 in a field', { audio: 'AQID' }],
    ['base64 in an envelope', () => jsonResponse({ result: { audio: 'AQID' }, success: true, errors: [] })],
  ])('is bytes, whether it came as %s', async (_, answer) => {
    expect((await speak(aura, {}, answer)).audio).toEqual(bytes)
  })

  test('is never the words of an error', async () => {
    const failure = { errors: [{ code: 5007, message: 'No such model' }] }
    await expect(speak(aura, {}, () => jsonResponse(failure, { status: 400 }))).rejects.toMatchObject({
      statusCode: 400,
    })
    await expect(speak(aura, {}, { text: 'x' })).rejects.toMatchObject({ name: 'AI_InvalidResponseDataError' })
  })

  test('goes through the gateway with its headers, and tells its facts', async () => {
    const { speech, runs } = fakeModels(
      () => new Response(bytes, { headers: { 'content-type': 'audio/mpeg', 'cf-aig-log-id': 'l1' } }),
      { id: 'g' },
    )
    const model = speech(aura)
    expect(model.provider).toBe('workersai.speech')
    const { providerMetadata, response } = await model.doGenerate({ text: 'Hello', headers: { 'x-a': '1' } })
    expect(providerMetadata).toEqual({ gateway: { logId: 'l1' } })
    expect(response).toMatchObject({ modelId: aura, headers: { 'cf-aig-log-id': 'l1' } })
    expect(runs[0]?.options).toEqual({ returnRawResponse: true, gateway: { id: 'g' }, extraHeaders: { 'x-a': '1' } })
  })
})
