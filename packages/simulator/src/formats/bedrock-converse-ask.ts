import { emptyAsk } from '../ask.ts'
import type { Ask, Block } from '../ask.ts'
import { countAttachment, countCall, countTool, countWords } from '../usage.ts'
import type { ConverseBlock, ConverseRequest } from './bedrock-converse-request.ts'

/** What a Converse request means. */
export function toConverseAsk(request: ConverseRequest, stream: boolean): Ask {
  const { messages, toolConfig, inferenceConfig = {}, outputConfig } = request
  const contents = messages.flatMap(({ content }) => content)
  const lastUser = messages.findLast(({ role }) => role === 'user')
  const schema = outputConfig?.textFormat.structure.jsonSchema.schema
  return {
    ...emptyAsk,
    stream,
    blocks: promptBlocks(request),
    userText: textOf(lastUser?.content ?? []),
    attachments: contents.flatMap(attachmentsOf),
    toolResults: (messages.at(-1)?.content ?? []).flatMap(({ toolResult }) =>
      toolResult ? [resultText(toolResult)] : [],
    ),
    tools: (toolConfig?.tools ?? []).flatMap(({ toolSpec }) => (toolSpec ? [toTool(toolSpec)] : [])),
    toolChoice: toolConfig?.toolChoice && !toolConfig.toolChoice.auto ? 'required' : 'auto',
    allowedTools: toolConfig?.toolChoice?.tool ? [toolConfig.toolChoice.tool.name] : [],
    maxTokens: inferenceConfig.maxTokens ?? Infinity,
    stops: inferenceConfig.stopSequences ?? [],
    reasoning: { visibility: thinks(request) ? 'visible' : 'none' },
    documents: contents.flatMap(({ document }) =>
      document ? [{ id: '', title: document.name, text: document.name }] : [],
    ),
    cache: { by: 'breakpoints' },
    ...(schema === undefined ? {} : { schema: JSON.parse(schema) }),
  }
}

type ToolSpec = NonNullable<NonNullable<ConverseRequest['toolConfig']>['tools'][number]['toolSpec']>

function toTool({ name, description = '', inputSchema }: ToolSpec): Ask['tools'][number] {
  return { name, description, schema: inputSchema.json }
}

/** Claude's word for it, and Nova's. */
function thinks({ additionalModelRequestFields: fields = {} }: ConverseRequest): boolean {
  return [fields['thinking'], fields['reasoningConfig']].some(
    (config) => typeof config === 'object' && config !== null && 'type' in config && config.type !== 'disabled',
  )
}

/** Tools, then system, then messages: the order of the cached prefix. A cache point marks what stands before it. */
function promptBlocks({ toolConfig, system = [], messages }: ConverseRequest): Block[] {
  const blocks: Block[] = []
  const add = (part: { cachePoint?: { ttl?: '5m' | '1h' } }, tokens: number): void => {
    const last = blocks.at(-1)
    if (part.cachePoint && last) last.ttl = part.cachePoint.ttl ?? '5m'
    else blocks.push({ digest: JSON.stringify(part), tokens })
  }
  for (const tool of toolConfig?.tools ?? []) add(tool, tool.toolSpec ? countTool(toTool(tool.toolSpec)) : 0)
  for (const part of system) add(part, countWords(part.text ?? ''))
  for (const block of messages.flatMap(({ content }) => content)) add(block, countBlock(block))
  return blocks
}

function countBlock(block: ConverseBlock): number {
  const { text = '', toolUse, toolResult, reasoningContent } = block
  const called = toolUse ? countCall(toolUse.name, JSON.stringify(toolUse.input)) : 0
  const result = toolResult ? countWords(resultText(toolResult)) : 0
  const thought = countWords(reasoningContent?.reasoningText?.text ?? '')
  const attached = attachmentsOf(block).reduce((sum, type) => sum + countAttachment(type), 0)
  return countWords(text) + called + result + thought + attached
}

const textOf = (blocks: ConverseBlock[]): string => blocks.flatMap(({ text }) => text ?? []).join('\n')

function resultText({ content }: NonNullable<ConverseBlock['toolResult']>): string {
  return content.flatMap(({ text, json }) => text ?? (json ? JSON.stringify(json) : [])).join('\n')
}

function attachmentsOf({ image, document, video, audio, toolResult }: ConverseBlock): string[] {
  const inner = toolResult?.content.flatMap((part): string[] => attachmentsOf(part)) ?? []
  return [
    ...(image ? [`image/${image.format}`] : []),
    ...(document ? [document.format === 'txt' ? 'text/plain' : `application/${document.format}`] : []),
    ...(video ? [`video/${video.format}`] : []),
    ...(audio ? [`audio/${audio.format}`] : []),
    ...inner,
  ]
}
