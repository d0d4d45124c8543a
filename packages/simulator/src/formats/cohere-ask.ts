import { emptyAsk } from '../ask.ts'
import type { Ask, Block, SourceDocument } from '../ask.ts'
import { countAttachment, countCall, countTool, countWords } from '../usage.ts'
import type { CohereMessage, CohereRequest } from './cohere-request.ts'
import { dataUrlType, imageTypeOfUrl } from './media.ts'

/** What a v2 chat request means. */
export function toCohereAsk(request: CohereRequest): Ask {
  const { messages } = request
  const tools = (request.tools ?? []).map(({ function: { name, description = '', parameters } }) => ({
    name,
    description,
    schema: parameters,
  }))
  const documents = (request.documents ?? []).map(toDocument)
  const lastUser = messages.findLast(({ role }) => role === 'user')
  const results = messages.slice(messages.findLastIndex(({ role }) => role !== 'tool') + 1)
  return {
    ...emptyAsk,
    stream: request.stream ?? false,
    blocks: [
      ...tools.map((tool) => ({ digest: JSON.stringify(tool), tokens: countTool(tool) })),
      ...documents.map(({ id, text }) => ({ digest: id + text, tokens: countWords(text) })),
      ...messages.map(toBlock),
    ],
    userText: lastUser ? textOf(lastUser) : '',
    attachments: messages.flatMap(attachmentsOf),
    toolResults: results.map(textOf),
    tools,
    toolChoice: toolChoice(request),
    maxTokens: request.max_tokens ?? Infinity,
    stops: request.stop_sequences ?? [],
    reasoning: { visibility: request.thinking?.type === 'enabled' ? 'visible' : 'none' },
    documents,
    cache: { by: 'prefix', key: '', minTokens: 1024, step: 1 },
    ...schema(request),
  }
}

function toolChoice({ tool_choice: choice }: CohereRequest): Ask['toolChoice'] {
  if (choice === undefined) return 'auto'
  return choice === 'REQUIRED' ? 'required' : 'none'
}

function schema({ response_format: format }: CohereRequest): Pick<Ask, 'schema'> {
  if (format?.type !== 'json_object') return {}
  return {
    schema: format.json_schema ?? format.schema ?? { type: 'object', properties: { answer: { type: 'string' } } },
  }
}

function toDocument(document: NonNullable<CohereRequest['documents']>[number], index: number): SourceDocument {
  if (typeof document === 'string') return { id: `doc:${index}`, title: '', text: document }
  const { data, id = `doc:${index}` } = document
  return { id, title: '', text: typeof data === 'string' ? data : Object.values(data).map(String).join(' ') }
}

function toBlock(message: CohereMessage): Block {
  const calls = message.role === 'assistant' ? (message.tool_calls ?? []) : []
  const callTokens = calls.reduce((sum, { function: { name, arguments: input } }) => sum + countCall(name, input), 0)
  const attached = attachmentsOf(message).reduce((sum, type) => sum + countAttachment(type), 0)
  return { digest: JSON.stringify(message), tokens: countWords(textOf(message)) + callTokens + attached }
}

function textOf({ content }: CohereMessage): string {
  if (typeof content === 'string') return content
  const texts = (content ?? []).flatMap((part) => {
    if (part.type === 'text') return [part.text]
    if (part.type !== 'document') return []
    const { data } = part.document
    return [typeof data === 'string' ? data : JSON.stringify(data)]
  })
  return texts.join('\n')
}

function attachmentsOf(message: CohereMessage): string[] {
  if (message.role !== 'user' || typeof message.content === 'string') return []
  return message.content.flatMap((part) =>
    part.type === 'image_url' ? [dataUrlType(part.image_url.url) ?? imageTypeOfUrl(part.image_url.url)] : [],
  )
}
