import { emptyAsk } from '../ask.ts'
import type { Ask, Block } from '../ask.ts'
import { countAttachment, countCall, countTool, countWords } from '../usage.ts'
import { dataUrlType, imageTypeOfUrl } from './media.ts'
import { itemsOf } from './openai-responses-request.ts'
import type { ResponsesContent, ResponsesItem, ResponsesRequest } from './openai-responses-request.ts'

/** Hidden reasoning tokens by effort. */
const effortTokens = { none: 0, minimal: 0, low: 16, medium: 64, high: 256, xhigh: 512 } as const

/** What a Responses request means. OpenAI shows no thoughts but in a summary; other vendors show them all. */
export function toResponsesAsk(request: ResponsesRequest, isOpenAi: boolean): Ask {
  const items = itemsOf(request)
  const tools = (request.tools ?? []).flatMap(toTool)
  const lastUser = items.findLast((item) => item.type === 'message' && item.role === 'user')
  return {
    ...emptyAsk,
    ...toolChoice(request),
    stream: request.stream ?? false,
    blocks: [
      ...tools.map((tool): Block => ({ digest: JSON.stringify(tool), tokens: countTool(tool) })),
      ...instructionBlocks(request),
      ...items.map(toBlock),
    ],
    userText: lastUser ? textOf(contentOf(lastUser)) : '',
    attachments: items.flatMap((item) => attachmentsOf(contentOf(item))),
    toolResults: lastResults(items),
    tools,
    parallelTools: request.parallel_tool_calls ?? true,
    maxTokens: request.max_output_tokens ?? Infinity,
    reasoning: reasoning(request, isOpenAi),
    cache: cacheRule(request.prompt_cache_key),
    ...schema(request),
  }
}

function reasoning({ reasoning: asked }: ResponsesRequest, isOpenAi: boolean): Ask['reasoning'] {
  const effort = asked?.effort
  if (effort === 'none') return { visibility: 'none' }
  if (asked?.summary ?? asked?.generate_summary) return { visibility: 'visible' }
  if (!effort) return { visibility: 'none' }
  return isOpenAi ? { visibility: 'hidden', hiddenTokens: effortTokens[effort] } : { visibility: 'visible' }
}

function cacheRule(key: string | null | undefined): Ask['cache'] {
  if (typeof key === 'string') return { by: 'prefix', key, minTokens: 0, step: 1 }
  return { by: 'prefix', key: '', minTokens: 1024, step: 128 }
}

function schema({ text }: ResponsesRequest): Pick<Ask, 'schema'> {
  const format = text?.format
  if (format?.type === 'json_object') return { schema: { type: 'object', properties: { answer: { type: 'string' } } } }
  return format?.type === 'json_schema' ? { schema: format.schema } : {}
}

function toolChoice({ tool_choice: choice }: ResponsesRequest): Pick<Ask, 'toolChoice' | 'allowedTools'> {
  if (choice === undefined) return { toolChoice: 'auto', allowedTools: [] }
  if (typeof choice === 'string') return { toolChoice: choice, allowedTools: [] }
  if (choice.type === 'function' || choice.type === 'custom') {
    return { toolChoice: 'required', allowedTools: [choice.name] }
  }
  if (choice.type !== 'allowed_tools') return { toolChoice: 'auto', allowedTools: [] }
  const names = choice.tools.flatMap(({ name }) => (typeof name === 'string' ? [name] : []))
  return { toolChoice: choice.mode, allowedTools: names }
}

/** A custom tool's input is one string. */
const customSchema = { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] }

function toTool(tool: NonNullable<ResponsesRequest['tools']>[number]): Ask['tools'] {
  if (tool.type !== 'function' && tool.type !== 'custom') return []
  const { name, description } = tool
  return [{ name, description: description ?? '', schema: tool.type === 'custom' ? customSchema : tool.parameters }]
}

function instructionBlocks({ instructions }: ResponsesRequest): Block[] {
  return instructions ? [{ digest: `instructions ${instructions}`, tokens: countWords(instructions) }] : []
}

function toBlock(item: ResponsesItem): Block {
  const attached = attachmentsOf(contentOf(item)).reduce((sum, type) => sum + countAttachment(type), 0)
  return { digest: JSON.stringify(item), tokens: countItem(item) + attached }
}

function countItem(item: ResponsesItem): number {
  switch (item.type) {
    case 'function_call':
      return countCall(item.name, item.arguments)
    case 'custom_tool_call':
      return countCall(item.name, item.input)
    case 'reasoning':
      return countWords(item.summary.map(({ text }) => text).join(' '))
    default:
      return countWords(textOf(contentOf(item)))
  }
}

function contentOf(item: ResponsesItem): ResponsesContent {
  if (item.type === 'message') return item.content
  return item.type === 'function_call_output' || item.type === 'custom_tool_call_output' ? item.output : ''
}

/** All text of a content, its parts joined by a line break. */
function textOf(content: ResponsesContent): string {
  if (typeof content === 'string') return content
  return content.flatMap((part) => ('text' in part ? [part.text] : [])).join('\n')
}

function attachmentsOf(content: ResponsesContent): string[] {
  if (typeof content === 'string') return []
  return content.flatMap((part) => {
    if (part.type === 'input_image') {
      const url = part.image_url ?? ''
      return [dataUrlType(url) ?? imageTypeOfUrl(url)]
    }
    return part.type === 'input_file' ? [dataUrlType(part.file_data ?? '') ?? 'application/pdf'] : []
  })
}

function lastResults(items: ResponsesItem[]): string[] {
  const isResult = ({ type }: ResponsesItem): boolean => type.endsWith('_call_output')
  const start = items.findLastIndex((item) => !isResult(item)) + 1
  return items.slice(start).map((item) => textOf(contentOf(item)))
}
