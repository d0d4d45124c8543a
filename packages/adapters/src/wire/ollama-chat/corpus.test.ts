import { describe, expect, test } from 'vitest'
import { objectOf, objectsOf, stringOf, type JsonObject } from '../../json.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { hasCorpus, readCorpus } from '../anthropic-messages/__fixtures__/corpus.ts'
import { ollamaChat } from '../ollama-chat.ts'

const cases = readCorpus('ollama', 'ollama.chat').filter(({ request }) => request?.body !== undefined)

describe.skipIf(!hasCorpus)(`recorded Ollama requests${hasCorpus ? '' : ' (skipped: no ../shared/corpus)'}`, () => {
  test('are there', () => {
    expect(cases.length).toBeGreaterThan(20)
  })

  test.each(cases.map((recorded) => [recorded.id, recorded] as const))('%s is read and written', (_id, recorded) => {
    const body = recorded.request?.body ?? {}
    const request = ollamaChat.parseRequest(body, createTestContext())
    const written = ollamaChat.formatRequest(request, createTestContext(request.model))
    expect(written.warnings).toEqual([])
    expect(factsOf(written.body)).toEqual(factsOf(body))
  })
})

/** What a request says, without empty fields and without the names and ids that tie results to calls. */
function factsOf(body: JsonObject): JsonObject {
  const { format, options, keep_alive, stream, tools, messages, ...rest } = body
  return {
    ...rest,
    messages: objectsOf(messages).map(messageOf),
    tools: objectsOf(tools),
    options: objectOf(options) ?? {},
    stream: stream ?? true,
    ...(format !== '' && format !== null && { format }),
    ...(keep_alive !== null && { keep_alive }),
  }
}

function messageOf({ role, content, thinking, images, tool_calls: calls }: JsonObject): JsonObject {
  const called = objectsOf(calls).map((call) => objectOf(call['function']) ?? {})
  return {
    role,
    content: content ?? '',
    thinking: stringOf(thinking) || undefined,
    images: images ?? [],
    calls: called.map(({ name, arguments: given }) => [name ?? null, given ?? null]),
  }
}
