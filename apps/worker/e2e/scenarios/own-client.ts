import { createEventDecoder, type ChatChunk, type JsonObject, type WireFormat } from '@gw/adapters'
import { collectChunks } from '../../../../packages/adapters/src/testing/collect-chunks.ts'
import { ask, type Gateway, type Told } from './ask.ts'
import { dialectOf, modelOf, type Scenario, type Step } from './read-scenarios.ts'

/** Where the gateway takes requests of a format; what it has no surface for goes by the provider's own path. */
const paths: Readonly<Record<string, (name: string, stream: boolean) => string>> = {
  'openai-chat': () => '/v1/chat/completions',
  'openai-responses': () => '/v1/responses',
  'anthropic-messages': () => '/v1/messages',
  'gemini-generate': (name, stream) =>
    `/v1beta/models/${name}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
  'ollama-chat': () => '/api/chat',
  'cohere-chat': () => '/v1/acc/default/cohere/v2/chat',
  'bedrock-converse': (name, stream) =>
    `/v1/acc/default/aws-bedrock/bedrock-runtime/us-east-1/model/${encodeURIComponent(bare(name))}/${stream ? 'converse-stream' : 'converse'}`,
}
const isNative = /^\/v1\/acc\//

const bare = (name: string): string => name.replace(/^[^/]+\//, '')

/** Sends a step as it was recorded, in the format of the recording. */
export async function askOwn(gateway: Gateway, scenario: Scenario, step: Step): Promise<Told & { logId: string }> {
  const { wire, nameOf } = dialectOf(scenario)
  const name = nameOf(modelOf(step))
  const path = paths[wire.id]?.(name, scenario.streaming) ?? ''
  // Vertex has the model of a message in its path, and a version in its place.
  const { anthropic_version: _, ...body } = step.request.body
  const isNamedInPath = path.includes(name) || path.includes(encodeURIComponent(bare(name)))
  const named = isNamedInPath ? body : { ...body, model: isNative.test(path) ? bare(name) : name }
  const { text, logId } = await ask(gateway, path, named)
  return { ...read(text, wire, scenario.streaming), logId }
}

function read(text: string, wire: WireFormat, streaming: boolean): Told {
  let count = 0
  const context = { model: 'm', now: () => 0, createId: () => `id${(count += 1)}` }
  const body: JsonObject | undefined = streaming ? undefined : JSON.parse(text)
  const { choices } = body ? wire.parseResponse(body, context) : collectChunks(chunksOf(text, wire, context))
  const [choice] = choices
  return {
    text: textOf(choice?.message.content),
    calls: (choice?.message.tool_calls ?? []).map(({ id, function: called }) => ({ id, ...called })),
  }
}

function textOf(content: string | { text: string }[] | null = ''): string {
  return typeof content === 'string' ? content : (content ?? []).map(({ text }) => text).join('')
}

function chunksOf(text: string, wire: WireFormat, context: Parameters<WireFormat['createDecoder']>[0]): ChatChunk[] {
  const events = createEventDecoder(wire.framing)
  const decoder = wire.createDecoder(context)
  const items = [...events.push(new TextEncoder().encode(text)), ...events.end()].flatMap((event) =>
    decoder.push(event),
  )
  return [...items, ...decoder.end()].flatMap((item) => {
    if (item.type === 'chunk') return [item.chunk]
    throw new Error(item.error.message)
  })
}
