import { describe, expect, test } from 'vitest'
import { objectOf, objectsOf, stringOf, type JsonObject } from '../../json.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { hasCorpus, leavesOf, readCorpus } from '../anthropic-messages/__fixtures__/corpus.ts'
import { cohereChat } from '../cohere-chat.ts'
import { openaiChat } from '../openai-chat.ts'

const cases = readCorpus('cohere', 'cohere.chat_v2')

describe.skipIf(!hasCorpus)(`recorded Cohere requests${hasCorpus ? '' : ' (skipped: no ../shared/corpus)'}`, () => {
  test('are there', () => {
    expect(cases.length).toBeGreaterThan(25)
  })

  const translated = cases.filter(({ openaiRequest }) => openaiRequest !== undefined)
  test.each(translated.map((recorded) => [recorded.id, recorded] as const))('%s is written', (_id, recorded) => {
    const request = openaiChat.parseRequest(recorded.openaiRequest ?? {}, createTestContext())
    const { body, warnings } = cohereChat.formatRequest(request, createTestContext(request.model))
    expect(warnings).toEqual([])
    expect(factsOf(body)).toEqual(expectedOf(recorded.expect.request ?? {}))
  })

  const native = cases.filter(({ request }) => request?.body !== undefined)
  test.each(native.map((recorded) => [recorded.id, recorded] as const))('%s is read and written', (_id, recorded) => {
    const body = recorded.request?.body ?? {}
    const request = cohereChat.parseRequest(body, createTestContext())
    const again = cohereChat.formatRequest(request, createTestContext(request.model))
    expect(again.warnings).toEqual([])
    expect(factsOf(again.body)).toEqual(factsOf(body))
    const { messages: _, documents: __, ...rest } = body
    expect(again.body).toMatchObject({ ...rest, model: body['model'] ?? '' })
  })
})

/** The corpus's dialect-neutral facts of a native request. */
function factsOf(body: JsonObject): JsonObject {
  const messages = objectsOf(body['messages'])
  const system = messages.filter(({ role }) => role === 'system')
  return JSON.parse(
    JSON.stringify({
      system: system.map(({ content }) => textOf(content)).join('') || undefined,
      messages: merge(messages.filter(({ role }) => role !== 'system').map(messageOf)),
      tools: objectsOf(body['tools']).map(({ function: declared }) => [
        objectOf(declared)?.['name'],
        objectOf(declared)?.['parameters'],
      ]),
      maxTokens: body['max_tokens'],
      temperature: body['temperature'],
      stop: body['stop_sequences'],
      stream: body['stream'] ?? false,
    }),
  )
}

/** The corpus joins what one side says in a row. */
function merge(messages: MessageFacts[]): MessageFacts[] {
  const merged: MessageFacts[] = []
  for (const message of messages) {
    const last = merged.at(-1)
    if (last?.role !== message.role) merged.push({ ...message })
    else if (last?.results) last.results.push(...(message.results ?? []))
    else if (last) last.text = `${last.text ?? ''}${message.text ?? ''}`
  }
  return merged
}

interface MessageFacts {
  role: unknown
  text?: string | undefined
  results?: string[][]
  toolCalls?: unknown[] | undefined
  images?: number | undefined
}

function messageOf(message: JsonObject): MessageFacts {
  if (message['role'] === 'tool') return { role: 'tool', results: [leavesOf(textsOf(message['content']))] }
  const calls = objectsOf(message['tool_calls']).map(({ function: called }) => [
    objectOf(called)?.['name'],
    JSON.parse(stringOf(objectOf(called)?.['arguments']) || '{}'),
  ])
  const images = objectsOf(message['content']).filter(({ type }) => type === 'image_url').length
  return {
    role: message['role'],
    text: textOf(message['content']) || undefined,
    toolCalls: calls.length > 0 ? calls : undefined,
    images: images || undefined,
  }
}

/** Documents count for their data. */
const textsOf = (content: unknown): unknown =>
  typeof content === 'string'
    ? content
    : objectsOf(content).map(({ text, document }) => text ?? JSON.stringify(objectOf(document)?.['data']))

const textOf = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : objectsOf(content)
        .map(({ text }) => stringOf(text) ?? '')
        .join('')

function expectedOf(facts: JsonObject): JsonObject {
  const messages = objectsOf(facts['messages']).map((message) =>
    Array.isArray(message['results']) ? { ...message, results: message['results'].map(leavesOf) } : message,
  )
  return { stream: false, tools: [], ...facts, messages }
}
