import { describe, expect, test } from 'vitest'
import { objectOf, objectsOf, stringOf, stringsOf, type JsonObject } from '../../json.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { hasCorpus, leavesOf, readCorpus, type CorpusCase } from '../anthropic-messages/__fixtures__/corpus.ts'
import { bedrockConverse } from '../bedrock-converse.ts'
import { openaiChat } from '../openai-chat.ts'

const cases = readCorpus('bedrock', 'bedrock.converse').filter(({ request }) => request?.body !== undefined)

/** The model is in the URL. */
const modelOf = ({ request }: CorpusCase): string =>
  decodeURIComponent(/\/model\/([^/]+)\//.exec(request?.url ?? '')?.[1] ?? '')

describe.skipIf(!hasCorpus)(`recorded Converse requests${hasCorpus ? '' : ' (skipped: no ../shared/corpus)'}`, () => {
  test('are there', () => {
    expect(cases.length).toBeGreaterThan(35)
  })

  const translated = cases.filter(({ openaiRequest }) => openaiRequest !== undefined)
  test.each(translated.map((recorded) => [recorded.id, recorded] as const))('%s is written', (_id, recorded) => {
    const context = createTestContext(modelOf(recorded))
    const { body } = bedrockConverse.formatRequest(
      openaiChat.parseRequest(recorded.openaiRequest ?? {}, context),
      context,
    )
    expect(factsOf(body)).toMatchObject(expectedOf(recorded.expect.request ?? {}))
  })

  test.each(cases.map((recorded) => [recorded.id, recorded] as const))('%s is read and written', (_id, recorded) => {
    const body = recorded.request?.body ?? {}
    const context = createTestContext(modelOf(recorded))
    const again = bedrockConverse.formatRequest(bedrockConverse.parseRequest(body, context), context)
    expect(again.warnings).toEqual([])
    expect(factsOf(again.body)).toEqual(factsOf(body))
  })
})

/** The corpus's dialect-neutral facts of a native request, and what only this format has. */
function factsOf(body: JsonObject): JsonObject {
  const inference = objectOf(body['inferenceConfig']) ?? {}
  const tools = objectsOf(objectOf(body['toolConfig'])?.['tools'])
  const stop = stringsOf(inference['stopSequences'])
  return JSON.parse(
    JSON.stringify({
      system: textOf(body['system']) || undefined,
      messages: merge(objectsOf(body['messages']).flatMap(messagesOf)),
      tools: tools.map((tool) => {
        const spec = objectOf(tool['toolSpec'])
        return spec ? [spec['name'], objectOf(spec['inputSchema'])?.['json']] : tool
      }),
      maxTokens: inference['maxTokens'],
      temperature: inference['temperature'],
      topP: inference['topP'],
      stop: stop.length > 0 ? stop : undefined,
      guardrailConfig: body['guardrailConfig'],
      serviceTier: body['serviceTier'],
      cachePoints: JSON.stringify(body).split('cachePoint').length,
    }),
  )
}

interface MessageFacts {
  role: unknown
  text?: string | undefined
  results?: string[][]
  toolCalls?: unknown[] | undefined
  images?: number | undefined
}

/** The results of a turn count as a message of their own. */
function messagesOf({ role, content }: JsonObject): MessageFacts[] {
  const blocks = objectsOf(content)
  const results = blocks.flatMap(({ toolResult }) => {
    const result = objectOf(toolResult)
    return result ? [leavesOf(objectsOf(result['content']).map(({ text, json }) => text ?? json))] : []
  })
  const calls = blocks.flatMap(({ toolUse }) => {
    const called = objectOf(toolUse)
    return called ? [[called['name'], called['input']]] : []
  })
  const images = blocks.filter(({ image }) => image).length
  const text = textOf(content)
  const said = {
    role,
    text: text || undefined,
    toolCalls: calls.length > 0 ? calls : undefined,
    images: images || undefined,
  }
  const isSilent = text === '' && calls.length === 0 && images === 0
  return [...(results.length > 0 ? [{ role: 'tool', results }] : []), ...(isSilent ? [] : [said])]
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

const textOf = (content: unknown): string =>
  objectsOf(content)
    .map(
      ({ text, guardContent }) =>
        stringOf(text) ?? stringOf(objectOf(objectOf(guardContent)?.['text'])?.['text']) ?? '',
    )
    .join('')

/** Empty lists are as good as none. */
function expectedOf({ toolChoice: _, stop, ...facts }: JsonObject): JsonObject {
  const messages = objectsOf(facts['messages']).map((message) =>
    Array.isArray(message['results']) ? { ...message, results: message['results'].map(leavesOf) } : message,
  )
  return { tools: [], ...facts, messages, ...(stringsOf(stop).length > 0 && { stop: stringsOf(stop) }) }
}
