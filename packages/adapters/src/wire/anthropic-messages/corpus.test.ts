import { describe, expect, test } from 'vitest'
import { isObject, objectOf, objectsOf, stringOf, type JsonObject } from '../../json.ts'
import { anthropicMessages } from '../anthropic-messages.ts'
import { openaiChat } from '../openai-chat.ts'
import {
  chunksOf,
  collect,
  createContext,
  decodeStream,
  expectedFacts,
  factsOf,
  hasCorpus,
  leavesOf,
  readCorpus,
  type CorpusCase,
} from './__fixtures__/corpus.ts'

const cases = [...readCorpus('anthropic', 'anthropic.messages'), ...readCorpus('vertex', 'anthropic.messages')]
const streams = cases.filter(({ response }) => response.sse !== undefined)
const bodies = cases.filter(({ response }) => response.body !== undefined)

function expectFacts(recorded: CorpusCase, facts: JsonObject): void {
  expect(facts).toMatchObject(expectedFacts(recorded, facts))
  expect(facts['citations']).toBe(recorded.expect.citations ?? 0)
}

describe.skipIf(!hasCorpus)('recorded Anthropic traffic', () => {
  test('is there', () => {
    expect(streams.length).toBeGreaterThan(20)
    expect(bodies.length).toBeGreaterThan(20)
  })

  test.each(bodies.map((recorded) => [recorded.id, recorded] as const))('reads %s', (_, recorded) => {
    const { body = {} } = recorded.response
    const response = anthropicMessages.parseResponse(body, createContext())
    expect(response.id).toBe(recorded.expect.id)
    expect(response.model).toBe(recorded.expect.model)
    const facts = factsOf(response)
    expectFacts(recorded, facts)
    const again = anthropicMessages.formatResponse(response, createContext())
    expect(factsOf(anthropicMessages.parseResponse(again, createContext()))).toEqual(facts)
  })

  test.each(streams.map((recorded) => [recorded.id, recorded] as const))('reads the stream %s', (_, recorded) => {
    const { sse = '' } = recorded.response
    const { items, finished } = decodeStream(anthropicMessages, sse, 4096)
    const chunks = chunksOf(items)
    const response = collect(chunks)
    const facts = factsOf(response)
    expect(finished).toBe(true)
    expect(response.id).toBe(recorded.expect.id)
    expect(response.model).toBe(recorded.expect.model)
    expectFacts(recorded, facts)
    for (const size of [1, 3, 7]) expect(decodeStream(anthropicMessages, sse, size).items).toEqual(items)

    const encoder = anthropicMessages.createEncoder({ model: '', messages: [] }, createContext())
    const events = chunks.map((chunk) => encoder.push(chunk)).join('') + encoder.end()
    const again = factsOf(collect(chunksOf(decodeStream(anthropicMessages, events, 4096).items)))
    expect(again).toEqual(facts)
    const message = toMessage(events)
    expect(factsOf(anthropicMessages.parseResponse(message, createContext()))).toEqual(facts)
  })

  const translated = cases.filter(({ openaiRequest }) => openaiRequest !== undefined)
  test.each(translated.map((recorded) => [recorded.id, recorded] as const))(
    'writes the request of %s',
    (_, recorded) => {
      const { openaiRequest = {} } = recorded
      const request = openaiChat.parseRequest(openaiRequest, createContext())
      const { body, warnings } = anthropicMessages.formatRequest(request, createContext(request.model))
      expect(warnings).toEqual([])
      expect(requestFacts(body)).toEqual(requestFacts(recorded.expect.request ?? {}, true))
    },
  )

  const native = cases.filter(({ request }) => request?.body !== undefined)
  test.each(native.map((recorded) => [recorded.id, recorded] as const))(
    'reads and writes the request of %s',
    (_, recorded) => {
      const body = recorded.request?.body ?? {}
      const request = anthropicMessages.parseRequest(body, createContext())
      const again = anthropicMessages.formatRequest(request, createContext(request.model))
      expect(again.warnings).toEqual([])
      expect(normal(again.body)).toEqual(normal(body))
    },
  )
})

/** A request with the freedoms of the format taken out: strings as blocks, system text in one place, turns merged. */
function normal(body: JsonObject): JsonObject {
  const { model, system, messages, output_format, output_config, tool_choice, tools, ...rest } = body
  const turns: { role: string; content: JsonObject[] }[] = []
  const instructions = blocksOf(system)
  for (const message of objectsOf(messages)) {
    const role = stringOf(message['role']) ?? ''
    const content = blocksOf(message['content']).map((block) =>
      block['type'] === 'tool_result' ? { ...block, content: blocksOf(block['content']) } : block,
    )
    const last = turns.at(-1)
    if (role === 'system') instructions.push(...content)
    else if (last?.role === role) last.content.push(...content)
    else turns.push({ role, content })
  }
  const { disable_parallel_tool_use: serial, ...choice } = objectOf(tool_choice) ?? {}
  const config = { ...(isObject(output_format) && { format: output_format }), ...objectOf(output_config) }
  return {
    ...rest,
    ...(model !== undefined && model !== '' && { model }),
    tools: objectsOf(tools).map((tool) =>
      tool['input_schema'] ? { ...tool, input_schema: { properties: {}, ...objectOf(tool['input_schema']) } } : tool,
    ),
    system: instructions,
    messages: turns,
    tool_choice: { ...choice, ...(serial === true && { disable_parallel_tool_use: true }) },
    output_config: config,
  }
}

function blocksOf(content: unknown): JsonObject[] {
  return typeof content === 'string' ? (content === '' ? [] : [{ type: 'text', text: content }]) : objectsOf(content)
}

/** The corpus's dialect-neutral facts of a native request, or those facts themselves. */
function requestFacts(body: JsonObject, isExpectation = false): JsonObject {
  if (isExpectation) return mergeText(body)
  const messages = objectsOf(body['messages']).flatMap((message): JsonObject[] => {
    const blocks = blocksOf(message['content'])
    const results = blocks.filter(({ type }) => type === 'tool_result').map(({ content }) => leavesOf(textsOf(content)))
    const calls = blocks.filter(({ type }) => type === 'tool_use').map(({ name, input }) => [name, input])
    const images = blocks.filter(({ type }) => type === 'image').length
    const text = blocks.flatMap(({ text }) => stringOf(text) ?? []).join('')
    const said = text !== '' || calls.length > 0 || images > 0
    return [
      ...(results.length > 0 ? [{ role: 'tool', results }] : []),
      ...(said
        ? [
            {
              role: message['role'],
              ...(text && { text }),
              ...(calls.length > 0 && { toolCalls: calls }),
              ...(images && { images }),
            },
          ]
        : []),
    ] as JsonObject[]
  })
  const system = blocksOf(body['system'])
    .map(({ text }) => text)
    .join('')
  const tools = objectsOf(body['tools']).map(({ name, input_schema }) => [name, input_schema])
  const choice = objectOf(body['tool_choice'])
  const names: Record<string, unknown> = {
    auto: 'auto',
    any: 'required',
    none: 'none',
    tool: { name: choice?.['name'] },
  }
  return JSON.parse(
    JSON.stringify({
      ...(system && { system }),
      messages,
      ...(tools.length > 0 && { tools }),
      maxTokens: body['max_tokens'],
      stream: body['stream'] ?? false,
      temperature: body['temperature'],
      topP: body['top_p'],
      stop: body['stop_sequences'],
      toolChoice: choice && names[stringOf(choice['type']) ?? ''],
    }),
  )
}

function textsOf(content: unknown): unknown {
  const texts = objectsOf(content).flatMap(({ text }) => stringOf(text) ?? [])
  return typeof content === 'string' ? content : texts
}

function mergeText(facts: JsonObject): JsonObject {
  const messages = objectsOf(facts['messages']).map((message) =>
    Array.isArray(message['results']) ? { ...message, results: message['results'].map(leavesOf) } : message,
  )
  return { stream: false, ...facts, messages }
}

/** What a Messages client has when the events have passed. */
function toMessage(events: string): JsonObject {
  let message: JsonObject = {}
  const blocks: JsonObject[] = []
  const pieces: string[] = []
  for (const line of events.split('\n').filter((line) => line.startsWith('data: '))) {
    const event: JsonObject = JSON.parse(line.slice('data: '.length))
    const index = Number(event['index'])
    const delta = objectOf(event['delta']) ?? {}
    const block = blocks[index] ?? {}
    if (event['type'] === 'message_start') message = objectOf(event['message']) ?? {}
    if (event['type'] === 'content_block_start') {
      if (index !== blocks.length) throw new Error(`Block ${index} came after ${blocks.length} blocks.`)
      blocks.push({ ...objectOf(event['content_block']) })
    }
    if (delta['type'] === 'text_delta') block['text'] = `${String(block['text'])}${String(delta['text'])}`
    if (delta['type'] === 'thinking_delta')
      block['thinking'] = `${String(block['thinking'])}${String(delta['thinking'])}`
    if (delta['type'] === 'signature_delta') block['signature'] = delta['signature']
    if (delta['type'] === 'citations_delta') {
      block['citations'] = [...objectsOf(block['citations']), objectOf(delta['citation']) ?? {}]
    }
    if (delta['type'] === 'input_json_delta') pieces[index] = (pieces[index] ?? '') + String(delta['partial_json'])
    if (event['type'] === 'content_block_stop' && pieces[index] !== undefined)
      block['input'] = JSON.parse(pieces[index])
    if (event['type'] === 'message_delta') message = { ...message, ...delta, usage: event['usage'] }
  }
  return { ...message, content: blocks }
}
