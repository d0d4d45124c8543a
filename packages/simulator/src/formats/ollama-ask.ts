import { emptyAsk } from '../ask.ts'
import type { Ask, Block } from '../ask.ts'
import { isJson } from '../shape.ts'
import { countAttachment, countCall, countTool, countWords } from '../usage.ts'
import type { OllamaMessage, OllamaRequest } from './ollama-request.ts'

/** What a chat request means. It streams unless it says otherwise. */
export function toOllamaAsk(request: OllamaRequest): Ask {
  const { messages, options, think } = request
  const tools = (request.tools ?? []).map(({ function: { name, description = '', parameters } }) => ({
    name,
    description,
    schema: parameters,
  }))
  const results = messages.slice(messages.findLastIndex(({ role }) => role !== 'tool') + 1)
  const limit = options?.num_predict ?? -1
  return {
    ...emptyAsk,
    stream: request.stream ?? true,
    blocks: [
      ...tools.map((tool) => ({ digest: JSON.stringify(tool), tokens: countTool(tool) })),
      ...messages.map(toBlock),
    ],
    userText: messages.findLast(({ role }) => role === 'user')?.content ?? '',
    attachments: messages.flatMap(imagesOf),
    toolResults: results.map(({ content = '' }) => content),
    tools,
    maxTokens: limit < 0 ? Infinity : limit,
    stops: options?.stop ?? [],
    reasoning: { visibility: think === true || typeof think === 'string' ? 'visible' : 'none' },
    ...schema(request),
  }
}

function schema({ format }: OllamaRequest): Pick<Ask, 'schema'> {
  if (format === 'json') return { schema: { type: 'object', properties: { answer: { type: 'string' } } } }
  return isJson(format) ? { schema: format } : {}
}

function toBlock(message: OllamaMessage): Block {
  const calls = message.role === 'assistant' ? (message.tool_calls ?? []) : []
  const callTokens = calls.reduce(
    (sum, { function: called }) => sum + countCall(called.name, JSON.stringify(called.arguments)),
    0,
  )
  const attached = imagesOf(message).reduce((sum, type) => sum + countAttachment(type), 0)
  return { digest: JSON.stringify(message), tokens: countWords(message.content ?? '') + callTokens + attached }
}

const imagesOf = ({ images }: OllamaMessage): string[] => (images ?? []).map(() => 'image/png')
