import { describe, expect, test } from 'vitest'
import { isObject, objectOf, objectsOf, stringOf, type Json, type JsonObject } from '../../json.ts'
import {
  chunksOf,
  citedUrls,
  collect,
  createContext,
  decodeStream,
  expectedFacts,
  factsOf,
  hasCorpus,
  leavesOf,
  readCorpus,
  type CorpusCase,
} from '../anthropic-messages/__fixtures__/corpus.ts'
import { geminiGenerate } from '../gemini-generate.ts'
import { openaiChat } from '../openai-chat.ts'

const cases = [...readCorpus('google', 'gemini.generateContent'), ...readCorpus('vertex', 'gemini.generateContent')]
const streams = cases.filter(({ response }) => response.sse !== undefined)
const bodies = cases.filter(({ response }) => response.body !== undefined)

function expectFacts(recorded: CorpusCase, facts: JsonObject): void {
  expect(facts).toMatchObject(expectedFacts(recorded, facts))
  const media = (recorded.expect.inlineMedia ?? []).filter(({ mimeType }) => mimeType.startsWith('image/'))
  expect(facts['images']).toHaveLength(media.length)
}

describe.skipIf(!hasCorpus)('recorded Gemini traffic', () => {
  test('is there', () => {
    expect(streams.length).toBeGreaterThan(40)
    expect(bodies.length).toBeGreaterThan(40)
  })

  test.each(bodies.map((recorded) => [recorded.id, recorded] as const))('reads %s', (_, recorded) => {
    const { body = {} } = recorded.response
    const response = geminiGenerate.parseResponse(body, createContext())
    const facts = factsOf(response)
    expect(response.id).toBe(recorded.expect.id ?? 'gen-id1')
    expectFacts(recorded, facts)
    const sources = recorded.expect.groundingChunks
    const cited = citedUrls(response.choices[0]?.message.annotations)
    expect(cited).toHaveLength(sources ?? cited.length)
    const again = geminiGenerate.formatResponse(response, createContext())
    expect(factsOf(geminiGenerate.parseResponse(again, createContext()))).toEqual(facts)

    const streamed = decodeStream(geminiGenerate, `data: ${JSON.stringify(body)}\r\n\r\n`, 4096)
    expect(streamed.finished).toBe(true)
    expect(factsOf(collect(chunksOf(streamed.items)))).toEqual(facts)
  })

  test.each(streams.map((recorded) => [recorded.id, recorded] as const))('reads the stream %s', (_, recorded) => {
    const { sse = '' } = recorded.response
    const { items, finished } = decodeStream(geminiGenerate, sse, 4096)
    const chunks = chunksOf(items)
    const response = collect(chunks)
    const facts = factsOf(response)
    expect(finished).toBe(true)
    expect(response.id).toBe(recorded.expect.id ?? 'gen-id1')
    expectFacts(recorded, facts)
    for (const size of [1, 3, 7]) expect(decodeStream(geminiGenerate, sse, size).items).toEqual(items)

    const encoder = geminiGenerate.createEncoder({ model: '', messages: [] }, createContext())
    const events = chunks.map((chunk) => encoder.push(chunk)).join('') + encoder.end()
    const again = factsOf(collect(chunksOf(decodeStream(geminiGenerate, events, 4096).items)))
    expect(again).toEqual(facts)
    const whole = geminiGenerate.formatResponse(response, createContext())
    expect(factsOf(geminiGenerate.parseResponse(whole, createContext()))).toEqual(facts)
  })

  const translated = cases.filter(({ openaiRequest, expect: { request } }) => openaiRequest && request)
  test.each(translated.map((recorded) => [recorded.id, recorded] as const))(
    'writes the request of %s',
    (_, recorded) => {
      const { openaiRequest = {} } = recorded
      const request = openaiChat.parseRequest(openaiRequest, createContext())
      const { body, warnings } = geminiGenerate.formatRequest(request, createContext(request.model))
      expect(warnings).toEqual([])
      expect(requestFacts(body)).toEqual(expectedRequest(recorded.expect.request ?? {}))
    },
  )

  const native = cases.filter(({ request }) => request?.body !== undefined)
  test.each(native.map((recorded) => [recorded.id, recorded] as const))(
    'reads and writes the request of %s',
    (_, recorded) => {
      const body = recorded.request?.body ?? {}
      const model = /models\/([^:]+):/.exec(recorded.request?.url ?? '')?.[1] ?? 'gemini-2.5-flash'
      const request = geminiGenerate.parseRequest(body, createContext(model))
      const again = geminiGenerate.formatRequest(request, createContext(model))
      expect(again.warnings).toEqual([])
      expect(normal(again.body)).toEqual(normal(body))
    },
  )
})

/** Facts of a native request under the corpus's names. */
function requestFacts(body: JsonObject): JsonObject {
  const config = objectOf(body['generationConfig']) ?? {}
  const messages = objectsOf(body['contents'])
    .flatMap((content): JsonObject[] => {
      const parts = objectsOf(content['parts'])
      const results = parts.flatMap(({ functionResponse }) =>
        objectOf(functionResponse) ? [leavesOf(objectOf(functionResponse)?.['response'])] : [],
      )
      const calls = parts.flatMap(({ functionCall }): Json[] => {
        const call = objectOf(functionCall)
        return call ? [[call['name'] ?? null, call['args'] ?? null]] : []
      })
      const images = parts.filter(({ inlineData, fileData }) =>
        stringOf((objectOf(inlineData) ?? objectOf(fileData))?.['mimeType'])?.startsWith('image/'),
      ).length
      const text = parts.flatMap(({ text }) => stringOf(text) ?? []).join('')
      const role = content['role'] === 'model' ? 'assistant' : 'user'
      const said = {
        ...(text !== '' && { text }),
        ...(calls.length > 0 && { toolCalls: calls }),
        ...(images > 0 && { images }),
      }
      return [
        ...(results.length > 0 ? [{ role: 'tool', results }] : []),
        ...(Object.keys(said).length > 0 ? [{ role, ...said }] : []),
      ]
    })
    .reduce<JsonObject[]>(joinUser, [])
  const system = objectsOf(objectOf(body['systemInstruction'])?.['parts']).flatMap(({ text }) => stringOf(text) ?? [])
  const tools = objectsOf(body['tools']).flatMap(({ functionDeclarations }) =>
    objectsOf(functionDeclarations).map(({ name, parametersJsonSchema }) => [name, parametersJsonSchema]),
  )
  const calling = objectOf(objectOf(body['toolConfig'])?.['functionCallingConfig'])
  const [only] = Array.isArray(calling?.['allowedFunctionNames']) ? calling['allowedFunctionNames'] : []
  const modes: Record<string, Json> = {
    AUTO: 'auto',
    NONE: 'none',
    ANY: only === undefined ? 'required' : { name: only },
  }
  return JSON.parse(
    JSON.stringify({
      messages,
      ...(system.length > 0 && { system: system.join('') }),
      ...(tools.length > 0 && { tools }),
      maxTokens: config['maxOutputTokens'],
      temperature: config['temperature'],
      topP: config['topP'],
      stop: config['stopSequences'],
      toolChoice: modes[stringOf(calling?.['mode']) ?? ''],
    }),
  )
}

/** The corpus counts what a user says without an answer between as one message. */
function joinUser(messages: JsonObject[], message: JsonObject): JsonObject[] {
  const last = messages.at(-1)
  const isMore = last?.['role'] === 'user' && message['role'] === 'user' && last['text'] && message['text']
  if (!isMore) return [...messages, message]
  return [...messages.slice(0, -1), { ...last, text: String(last['text']) + String(message['text']) }]
}

function expectedRequest({ stream: _, ...facts }: JsonObject): JsonObject {
  const messages = objectsOf(facts['messages']).map((message) =>
    Array.isArray(message['results']) ? { ...message, results: message['results'].map(leavesOf) } : message,
  )
  return { ...facts, messages }
}

/** A request with the freedoms of the format taken out: snake case, defaults, roles, wrappers of results, base64. */
function normal(body: JsonObject): Json {
  const { contents, systemInstruction, generationConfig, toolConfig, tools, ...rest } = objectOf(plain(body)) ?? {}
  const config = objectOf(generationConfig) ?? {}
  const { responseSchema, responseJsonSchema, responseMimeType, responseModalities, ...others } = config
  const modalities = Array.isArray(responseModalities) && responseModalities.join() !== 'TEXT' ? responseModalities : []
  return {
    ...rest,
    contents: objectsOf(contents)
      .map(({ role, parts }) => ({ role: role ?? 'user', parts: objectsOf(parts).filter(isSaid).map(normalPart) }))
      .reduce<{ role: Json; parts: JsonObject[] }[]>((turns, turn) => {
        const last = turns.at(-1)
        if (turn.parts.length === 0) return turns
        if (last?.role !== turn.role) return [...turns, turn]
        return [...turns.slice(0, -1), { role: last.role, parts: [...last.parts, ...turn.parts] }]
      }, []),
    system: objectsOf(objectOf(systemInstruction)?.['parts']).map(({ text }) => text ?? null),
    config: others,
    schema: responseSchema ?? responseJsonSchema ?? null,
    modalities,
    mediaType: responseMimeType === 'text/plain' ? null : (responseMimeType ?? null),
    toolConfig: toolConfig ?? {},
    functions: objectsOf(tools).flatMap(({ functionDeclarations }) =>
      objectsOf(functionDeclarations).map(({ parameters, parametersJsonSchema, ...declaration }) => ({
        ...declaration,
        schema: parameters ?? parametersJsonSchema ?? null,
      })),
    ),
    servers: objectsOf(tools)
      .map(({ functionDeclarations: _, ...servers }) => servers)
      .filter((tool) => Object.keys(tool).length > 0),
  }
}

const isSaid = (part: JsonObject): boolean => part['text'] !== '' || part['thoughtSignature'] !== undefined

function normalPart({ thought, functionCall, functionResponse, inlineData, ...part }: JsonObject): JsonObject {
  const inline = objectOf(inlineData)
  const call = objectOf(functionCall)
  const result = objectOf(functionResponse)
  return {
    ...part,
    ...(inline && {
      inlineData: { ...inline, data: Buffer.from(String(inline['data']), 'base64').toString('base64') },
    }),
    ...(thought === true && { thought }),
    ...(call && { call: [call['name'] ?? null, call['args'] ?? {}] }),
    ...(result && { result: [result['name'] ?? null, leavesOf(result['response']), result['parts'] ?? []] }),
  }
}

/** Camel case, no nulls, schema types in lower case. */
function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain)
  if (!isObject(value)) return value
  const entries = Object.entries(value).flatMap(([key, item]): [string, Json][] => {
    if (item === null || item === undefined || key === 'property_ordering' || key === 'propertyOrdering') return []
    const name = key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
    if (name === 'args' || name === 'response') return [[name, item]]
    return [[name, name === 'type' && typeof item === 'string' ? item.toLowerCase() : plain(item)]]
  })
  return Object.fromEntries(entries)
}
