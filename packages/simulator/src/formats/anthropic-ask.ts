import { emptyAsk } from '../ask.ts'
import type { Ask, Block, SourceDocument } from '../ask.ts'
import { countAttachment, countCall, countTool, countWords } from '../usage.ts'
import type { AnthropicTool, ContentBlock, MessagesRequest } from './anthropic-request.ts'
import { blocksOf } from './anthropic-rules.ts'
import { imageTypeOfUrl } from './media.ts'

/** What a Messages request means. */
export function toMessagesAsk(request: MessagesRequest): Ask {
  const tools = (request.tools ?? []).filter((tool) => 'input_schema' in tool).map(toTool)
  const contents = request.messages.flatMap(blocksOf)
  const lastUser = request.messages.findLast(({ role }) => role === 'user')
  const last = request.messages.at(-1)
  const schema = request.output_config?.format?.schema ?? request.output_format?.schema
  return {
    ...emptyAsk,
    ...toolChoice(request),
    stream: request.stream ?? false,
    blocks: promptBlocks(request),
    userText: lastUser ? joinText(blocksOf(lastUser)) : '',
    attachments: contents.flatMap(attachmentOf),
    toolResults: last
      ? blocksOf(last).flatMap((block) => (block.type === 'tool_result' ? [resultText(block)] : []))
      : [],
    tools,
    maxTokens: request.max_tokens,
    stops: request.stop_sequences ?? [],
    reasoning: { visibility: !request.thinking || request.thinking.type === 'disabled' ? 'none' : 'visible' },
    documents: contents.flatMap(documentOf),
    cache: { by: 'breakpoints' },
    ...(schema === undefined ? {} : { schema }),
  }
}

function toolChoice({
  tool_choice: choice,
}: MessagesRequest): Pick<Ask, 'toolChoice' | 'allowedTools' | 'parallelTools'> {
  if (!choice || choice.type === 'none') {
    return { toolChoice: choice ? 'none' : 'auto', allowedTools: [], parallelTools: true }
  }
  return {
    toolChoice: choice.type === 'auto' ? 'auto' : 'required',
    allowedTools: choice.type === 'tool' ? [choice.name] : [],
    parallelTools: !choice.disable_parallel_tool_use,
  }
}

function toTool(tool: AnthropicTool): Ask['tools'][number] {
  const description = 'description' in tool ? tool.description : undefined
  return {
    name: tool.name,
    description: description ?? '',
    schema: 'input_schema' in tool ? tool.input_schema : undefined,
  }
}

/** Tools, then system, then messages: the order in which Anthropic builds the cached prefix. */
function promptBlocks(request: MessagesRequest): Block[] {
  const system =
    typeof request.system === 'string' ? [{ type: 'text' as const, text: request.system }] : (request.system ?? [])
  const blocks = [
    ...(request.tools ?? []).map((tool) => toBlock(tool, countTool(toTool(tool)))),
    ...system.map((block) => toBlock(block, countWords(block.text))),
    ...request.messages.flatMap((message) =>
      blocksOf(message).map((block) => toBlock(block, countBlock(block), message.role)),
    ),
  ]
  const last = blocks.at(-1)
  if (!request.cache_control || !last || last.ttl) return blocks
  return [...blocks.slice(0, -1), { ...last, ttl: request.cache_control.ttl ?? '5m' }]
}

function toBlock(block: object, tokens: number, role = ''): Block {
  const { cache_control: control, ...rest } = { cache_control: undefined, ...block }
  return { digest: role + JSON.stringify(rest), tokens, ...ttlOf(control) }
}

function ttlOf(control: unknown): Pick<Block, 'ttl'> {
  if (typeof control !== 'object' || control === null) return {}
  return { ttl: 'ttl' in control && control.ttl === '1h' ? '1h' : '5m' }
}

function countBlock(block: ContentBlock): number {
  switch (block.type) {
    case 'text':
      return countWords(block.text)
    case 'tool_use':
      return countCall(block.name, JSON.stringify(block.input))
    case 'tool_result':
      return countWords(resultText(block)) + attachmentOf(block).reduce((sum, type) => sum + countAttachment(type), 0)
    case 'thinking':
      return countWords(block.thinking)
    case 'document':
      return block.source.type === 'text' ? countWords(block.source.data) : countAttachment('application/pdf')
    case 'image':
      return countAttachment('image')
    default:
      return 0
  }
}

function joinText(blocks: ContentBlock[]): string {
  return blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n')
}

function resultText({ content = '' }: Extract<ContentBlock, { type: 'tool_result' }>): string {
  if (typeof content === 'string') return content
  return content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n')
}

function attachmentOf(block: ContentBlock): string[] {
  if (block.type === 'tool_result' && Array.isArray(block.content)) {
    return block.content.flatMap((part) =>
      part.type === 'image' || part.type === 'document' ? attachmentOf(part) : [],
    )
  }
  if (block.type === 'image') {
    if (block.source.type === 'base64') return [block.source.media_type]
    return [block.source.type === 'url' ? imageTypeOfUrl(block.source.url) : 'image/file']
  }
  if (block.type !== 'document') return []
  return [block.source.type === 'text' ? 'text/plain' : 'application/pdf']
}

function documentOf(block: ContentBlock): SourceDocument[] {
  if (block.type !== 'document' || block.source.type !== 'text') return []
  return [{ id: '', title: block.title ?? '', text: block.source.data }]
}
