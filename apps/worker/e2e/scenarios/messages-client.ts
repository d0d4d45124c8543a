import { objectOf, objectsOf, stringOf } from '../../../../packages/adapters/src/json.ts'
import { createSseDecoder, type Json, type JsonObject } from '@gw/adapters'
import { ask, type Told } from './ask.ts'
import type { CreateLoopClient, Turn } from './loop-client.ts'

/** A client of Anthropic's Messages API. */
export const createMessagesClient: CreateLoopClient = (gateway, first) => {
  const messages: Json[] = objectsOf(first['messages'])
  let content: JsonObject[] = []
  return {
    async send() {
      const { text, logId } = await ask(gateway, '/v1/messages', { ...first, messages })
      content = first['stream'] === true ? collectBlocks(text) : objectsOf(JSON.parse(text).content)
      return { ...toTold(content), logId }
    },
    goOn({ results, said }: Turn) {
      const calls = content.filter(({ type }) => type === 'tool_use')
      const next = [
        ...calls.map(({ id = null }, index): Json => ({
          type: 'tool_result',
          tool_use_id: id,
          content: results[index] ?? '',
        })),
        ...said.map((text): Json => ({ type: 'text', text })),
      ]
      messages.push({ role: 'assistant', content }, { role: 'user', content: next })
    },
  }
}

/**
 * The blocks of a stream, put together as a client does.
 * @see https://docs.anthropic.com/en/docs/build-with-claude/streaming
 */
function collectBlocks(text: string): JsonObject[] {
  const decoder = createSseDecoder()
  const blocks: JsonObject[] = []
  for (const { data } of [...decoder.push(new TextEncoder().encode(text)), ...decoder.end()]) {
    const event: JsonObject = JSON.parse(data)
    const index = Number(event['index'])
    const delta = objectOf(event['delta'])
    if (event['type'] === 'error') throw new Error(data)
    if (event['type'] === 'content_block_start') blocks[index] = { ...objectOf(event['content_block']) }
    if (event['type'] === 'content_block_delta' && delta)
      blocks[index] = { ...blocks[index], ...grown(blocks[index], delta) }
  }
  return blocks.map(finished)
}

const fields: Readonly<Record<string, [field: string, piece: string]>> = {
  text_delta: ['text', 'text'],
  thinking_delta: ['thinking', 'thinking'],
  signature_delta: ['signature', 'signature'],
  input_json_delta: ['json', 'partial_json'],
}

function grown(block: JsonObject = {}, delta: JsonObject): JsonObject {
  const [field = '', piece = ''] = fields[stringOf(delta['type']) ?? ''] ?? []
  return field === '' ? {} : { [field]: (stringOf(block[field]) ?? '') + (stringOf(delta[piece]) ?? '') }
}

function finished({ json, ...block }: JsonObject): JsonObject {
  return typeof json === 'string' && json !== '' ? { ...block, input: JSON.parse(json) } : block
}

function toTold(content: readonly JsonObject[]): Told {
  return {
    text: content.map(({ type, text }) => (type === 'text' ? stringOf(text) : '')).join(''),
    calls: content
      .filter(({ type }) => type === 'tool_use')
      .map(({ id, name, input }) => ({ id: String(id), name: String(name), arguments: JSON.stringify(input) })),
  }
}
