import type { ImageModelV4CallOptions } from '@ai-sdk/provider'
import { describe, expect, test } from 'vitest'
import { jsonResponse, type FakeAnswer } from '../__fixtures__/fake-binding.ts'
import { fakeModels } from '../__fixtures__/models.ts'
import { streamOf } from '../__fixtures__/streams.ts'

const sdxl = '@cf/stabilityai/stable-diffusion-xl-base-1.0'
const inpainting = '@cf/runwayml/stable-diffusion-v1-5-inpainting'
const schnell = '@cf/black-forest-labs/flux-1-schnell'
const flux2 = '@cf/black-forest-labs/flux-2-dev'
const bytes = new Uint8Array([1, 2, 3])
const base64 = 'AQID'
const plain: ImageModelV4CallOptions = {
  prompt: 'a lizard',
  n: 1,
  size: undefined,
  aspectRatio: undefined,
  seed: undefined,
  files: undefined,
  mask: undefined,
  providerOptions: {},
}

async function generate(modelId: string, options: Partial<ImageModelV4CallOptions> = {}, answer: FakeAnswer = bytes) {
  const { image, runs } = fakeModels(answer)
  const result = await image(modelId).doGenerate({ ...plain, ...options })
  return { ...result, inputs: runs.map(({ inputs }) => inputs), runs }
}

describe('the inputs of an image', () => {
  test('are prompt, size and seed', async () => {
    const { inputs, warnings } = await generate(sdxl, { size: '512x256', seed: 7 })
    expect(inputs).toEqual([{ prompt: 'a lizard', width: 512, height: 256, seed: 7 }])
    expect(warnings).toEqual([])
  })

  test.each([
    [sdxl, { steps: 4 }, { num_steps: 4 }],
    [sdxl, { num_steps: 4 }, { num_steps: 4 }],
    [schnell, { num_steps: 4 }, { steps: 4 }],
    ['@cf/leonardo/phoenix-1.0', { steps: 4 }, { num_steps: 4 }],
    [
      sdxl,
      { guidance: 2, negative_prompt: 'cats', strength: 0.5 },
      { guidance: 2, negative_prompt: 'cats', strength: 0.5 },
    ],
  ])("of %s have the call's own fields %o", async (modelId, own, expected) => {
    const { inputs } = await generate(modelId, { providerOptions: { 'workers-ai': own } })
    expect(inputs).toEqual([{ prompt: 'a lizard', ...expected }])
  })

  test('have an image to edit, and a mask, where the model takes them', async () => {
    const files = [{ type: 'file' as const, mediaType: 'image/png', data: bytes }]
    const mask = { type: 'url' as const, url: `data:image/png;base64,${base64}` }
    const { inputs, warnings } = await generate(inpainting, { files, mask })
    expect(inputs).toEqual([{ prompt: 'a lizard', image_b64: base64, mask: [1, 2, 3] }])
    expect(warnings).toEqual([])
  })

  test.each([
    [schnell, false, false],
    [sdxl, true, false],
    [inpainting, true, true],
    [flux2, true, false],
    ['@cf/new/model', true, true],
  ])('%s says whether it takes images (%s) and masks (%s)', (modelId, files, mask) => {
    const model = fakeModels(bytes).image(modelId)
    expect([model.supportsFileInputs, model.supportsMaskInputs]).toEqual([files, mask])
  })

  test('leave out what the model does not take, with a warning each', async () => {
    const file = { type: 'file' as const, mediaType: 'image/png', data: base64 }
    const { inputs, warnings } = await generate(schnell, { files: [file], mask: file, aspectRatio: '1:1' })
    expect(inputs).toEqual([{ prompt: 'a lizard' }])
    expect(warnings).toMatchObject([{ feature: 'files' }, { feature: 'mask' }, { feature: 'aspectRatio' }])
    const two = await generate(sdxl, { files: [file, file] })
    expect(two.inputs).toEqual([{ prompt: 'a lizard', image_b64: base64 }])
    expect(two.warnings).toMatchObject([{ feature: 'files', details: expect.stringContaining('takes 1') }])
  })

  test('take no image by URL', async () => {
    const call = generate(sdxl, { files: [{ type: 'url', url: 'https://a.example/b.png' }] })
    await expect(call).rejects.toMatchObject({
      name: 'AI_UnsupportedFunctionalityError',
      functionality: 'image-file-url',
    })
  })

  test('travel as a form where the model wants one', async () => {
    const file = (data: Uint8Array) => ({ type: 'file' as const, mediaType: 'image/png', data })
    const { inputs } = await generate(flux2, {
      size: '1024x768',
      seed: 5,
      files: [file(bytes), file(new Uint8Array([4]))],
      providerOptions: { 'workers-ai': { num_steps: 25, guidance: 2.5 } },
    })
    const { multipart } = inputs[0] ?? {}
    expect(multipart).toMatchObject({ contentType: expect.stringMatching(/^multipart\/form-data; boundary=/) })
    const form = await readForm(multipart)
    const images = ['input_image_0', 'input_image_1'].map((name) => form.get(name))
    const fields = Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'))
    expect(fields).toEqual({
      prompt: 'a lizard',
      width: '1024',
      height: '768',
      seed: '5',
      steps: '25',
      guidance: '2.5',
    })
    const contents = await Promise.all(images.map((image) => (image instanceof Blob ? image.bytes() : undefined)))
    expect(contents).toEqual([bytes, new Uint8Array([4])])
  })
})

async function readForm(multipart: unknown): Promise<FormData> {
  if (typeof multipart !== 'object' || multipart === null || !('body' in multipart) || !('contentType' in multipart)) {
    throw new Error('No form was sent.')
  }
  const { body, contentType } = multipart
  if (!(body instanceof ReadableStream)) throw new Error('The form is no stream.')
  return new Response(body, { headers: { 'content-type': String(contentType) } }).formData()
}

describe('an image', () => {
  const binary = new TextDecoder('latin1').decode(bytes)
  test.each([
    ['bytes', bytes],
    ['a buffer', bytes.buffer],
    ['a stream', () => streamOf(binary, 1)],
    ['a response', () => new Response(bytes, { headers: { 'content-type': 'image/png' } })],
    ['a blob', () => new Blob([bytes])],
    ['base64 in a field', { image: base64 }],
    ['a data URL in a field', { image: `data:image/png;base64,${base64}` }],
    ['base64 in an envelope', () => jsonResponse({ result: { image: base64 }, success: true, errors: [] })],
    ['a stream of JSON', () => streamOf(`{"image":"${base64}"}`, 4)],
    ['base64 alone', base64],
    ['bytes in a field', { data: bytes }],
    ['a buffer in a field', { data: bytes.buffer }],
  ])('is bytes, whether it came as %s', async (_, answer) => {
    expect((await generate(sdxl, {}, answer)).images).toEqual([bytes])
  })

  test.each([[{ text: 'no' }], ['not base64!']])('throws for an answer without one: %o', async (answer) => {
    await expect(generate(sdxl, {}, answer)).rejects.toMatchObject({ name: 'AI_InvalidResponseDataError' })
  })

  test('throws the error of a response, and of JSON under another type', async () => {
    const failure = { success: false, errors: [{ code: 3040, message: 'x' }] }
    await expect(generate(sdxl, {}, () => jsonResponse(failure, { status: 429 }))).rejects.toMatchObject({
      statusCode: 429,
    })
    await expect(generate(sdxl, {}, () => streamOf(JSON.stringify(failure)))).rejects.toMatchObject({ statusCode: 429 })
  })

  test('comes as often as asked for, each from another seed', async () => {
    const answers = [bytes, new Uint8Array([9])]
    const { images, inputs } = await generate(sdxl, { n: 2, seed: 7 }, (_, index) => answers[index])
    expect(images).toEqual(answers)
    expect(inputs.map(({ seed }) => seed)).toEqual([7, 8])
    expect((await generate(sdxl, { n: 2 })).inputs).toEqual([{ prompt: 'a lizard' }, { prompt: 'a lizard' }])
    const { image } = fakeModels(bytes)
    expect([image(sdxl).maxImagesPerCall, image(sdxl, { maxImagesPerCall: 4 }).maxImagesPerCall]).toEqual([1, 4])
  })

  test("carries the gateway's facts for each, and goes through it", async () => {
    const { image, runs } = fakeModels(
      (_, index) => jsonResponse({ image: base64 }, { headers: { 'cf-aig-log-id': `l${index}` } }),
      { id: 'g' },
    )
    const model = image(sdxl, { tags: ['t'] })
    expect(model.provider).toBe('workersai.image')
    const { providerMetadata, response } = await model.doGenerate({
      ...plain,
      n: 2,
      headers: { 'x-a': '1', 'x-b': undefined },
    })
    expect(providerMetadata).toEqual({ gateway: { logId: 'l0', images: [{ logId: 'l0' }, { logId: 'l1' }] } })
    expect(response).toMatchObject({ modelId: sdxl, headers: { 'cf-aig-log-id': 'l0' }, timestamp: expect.any(Date) })
    expect(runs[0]?.options).toEqual({
      returnRawResponse: true,
      tags: ['t'],
      gateway: { id: 'g' },
      extraHeaders: { 'x-a': '1' },
    })
  })
})
