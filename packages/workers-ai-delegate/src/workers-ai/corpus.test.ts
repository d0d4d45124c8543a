import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { factsOfParts, factsOfResult, recordedFacts, type AnswerFacts } from './__fixtures__/answer-facts.ts'
import { chatModel, hello } from './__fixtures__/chat-model.ts'
import { corpusVendors, hasCorpus, readCorpus, toResponse, type CorpusCase } from './__fixtures__/corpus.ts'
import { fakeModels } from './__fixtures__/models.ts'
import { collect } from './__fixtures__/streams.ts'

const own = readCorpus('workers-ai')
const others = corpusVendors('openai.chat')
  .filter((vendor) => vendor !== 'workers-ai')
  .flatMap(readCorpus)
  .filter(({ api }) => api === 'openai.chat')
const chats = [...own, ...others].filter(({ expect: { kind, streamError } }) => kind === 'chat' && !streamError)

async function generate(recorded: CorpusCase): Promise<AnswerFacts> {
  const { model } = chatModel(() => toResponse(recorded))
  return factsOfResult(await model.doGenerate({ prompt: hello }), recorded)
}

async function stream(recorded: CorpusCase, size: number): Promise<AnswerFacts> {
  const { model } = chatModel(() => toResponse(recorded, size))
  const { stream } = await model.doStream({ prompt: hello })
  return factsOfParts(await collect(stream), recorded)
}

const modelOf = ({ request }: CorpusCase) => request?.url.split('/run/')[1] ?? ''

describe.skipIf(!hasCorpus)(`recorded traffic${hasCorpus ? '' : ' (skipped: ../shared/corpus is not there)'}`, () => {
  test('is all there', () => {
    expect([own.length, chats.length > 300]).toEqual([11, true])
  })

  test.each(chats.filter(({ streaming }) => !streaming))('of a whole answer is read: $id', async (recorded) => {
    expect(await generate(recorded)).toEqual(recordedFacts(recorded))
  })

  test.each(chats.filter(({ streaming }) => streaming))('of a stream is read: $id', async (recorded) => {
    const answers = await Promise.all([1, 3, 7, 4096].map((size) => stream(recorded, size)))
    expect(answers).toEqual(answers.map(() => recordedFacts(recorded)))
  })

  test.each(own.filter(({ expect: { kind } }) => kind === 'error'))('of an error is read: $id', async (recorded) => {
    const { httpStatus, error } = recorded.expect
    const message = `${error?.code}: ${error?.message}`
    await expect(generate(recorded)).rejects.toMatchObject({ statusCode: httpStatus, message })
  })

  test.each(own.filter(({ modality }) => modality === 'stt'))('of a transcript is read: $id', async (recorded) => {
    const { transcription, runs } = fakeModels(() => toResponse(recorded))
    const result = await transcription(modelOf(recorded)).doGenerate({ audio: 'AQID', mediaType: 'audio/wav' })
    const { text, language, duration, segments, words } = recorded.expect
    expect(result).toMatchObject({ text, language, durationInSeconds: duration })
    expect(result.segments).toHaveLength(segments ?? words ?? 0)
    expect(runs[0]?.model).toBe(modelOf(recorded))
  })

  test.each(own.filter(({ modality }) => modality === 'image'))('of an image is read: $id', async (recorded) => {
    const nothing = { size: undefined, aspectRatio: undefined, seed: undefined, files: undefined, mask: undefined }
    const model = fakeModels(() => toResponse(recorded)).image(modelOf(recorded))
    const { images } = await model.doGenerate({ ...nothing, prompt: 'x', n: 1, providerOptions: {} })
    expect(images.map((image) => createHash('sha256').update(image).digest('hex'))).toEqual([recorded.expect.sha256])
  })

  test.each(own.filter(({ modality }) => modality === 'tts'))('of speech is read: $id', async (recorded) => {
    const model = fakeModels(() => toResponse(recorded)).speech(modelOf(recorded))
    const { audio } = await model.doGenerate({ text: 'Hello' })
    // The recording is cut, so that its checksum is not that of what is left.
    expect(audio.slice(0, 4)).toEqual(new TextEncoder().encode('RIFF'))
  })
})
