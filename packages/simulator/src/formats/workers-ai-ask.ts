import { emptyAsk } from '../ask.ts'
import type { Ask, Block } from '../ask.ts'
import { Rejection } from '../format.ts'
import { isJson } from '../shape.ts'
import { countAttachment, countCall, countTool, countWords } from '../usage.ts'
import { dataUrlType, imageTypeOfUrl } from './media.ts'
import type { RunMessage, RunRequest, RunTool } from './workers-ai-request.ts'

/** Workers AI stops after this many tokens unless told otherwise. */
const defaultMaxTokens = 256

/** What an `ai/run` request means. Throws a Rejection when it has neither a prompt nor messages. */
export function toRunAsk(request: RunRequest): Ask {
  const messages = request.messages ?? fromPrompt(request.prompt)
  const tools = (request.tools ?? []).map(toTool)
  const lastUser = messages.findLast(({ role }) => role === 'user')
  const attached = request.image === undefined ? [] : ['image/png']
  const attachments = [...attached, ...messages.flatMap(attachmentsOf)]
  const imageBlock = attached.map((type) => ({ digest: type, tokens: countAttachment(type) }))
  return {
    ...emptyAsk,
    stream: request.stream ?? false,
    blocks: [
      ...tools.map((tool) => ({ digest: tool.name, tokens: countTool(tool) })),
      ...imageBlock,
      ...messages.map(toBlock),
    ],
    userText: lastUser ? textOf(lastUser) : '',
    attachments,
    toolResults: messages.slice(messages.findLastIndex(({ role }) => role !== 'tool') + 1).map(textOf),
    tools,
    toolChoice: toolChoice(request.tool_choice),
    maxTokens: request.max_tokens ?? defaultMaxTokens,
    ...schema(request),
  }
}

function fromPrompt(prompt: string | undefined): RunMessage[] {
  if (prompt === undefined) throw new Rejection("required properties at '/' are 'prompt', 'messages'")
  return [{ role: 'user', content: prompt }]
}

function toTool({ function: inner, name, description, parameters }: RunTool): Ask['tools'][number] {
  const tool = inner ?? { name, description, parameters }
  if (tool.name === undefined) throw new Rejection("required properties at '/tools/0' are 'name'")
  return { name: tool.name, description: tool.description ?? '', schema: tool.parameters }
}

function toolChoice(choice: unknown): Ask['toolChoice'] {
  if (choice === 'none') return 'none'
  return choice === 'required' || choice === 'any' || isJson(choice) ? 'required' : 'auto'
}

function schema({ response_format: format, guided_json: guided }: RunRequest): Pick<Ask, 'schema'> {
  if (guided) return { schema: guided }
  if (!format || format.type === 'text') return {}
  const given = format.json_schema
  const inner = given && isJson(given['schema']) ? given['schema'] : given
  return { schema: inner ?? { type: 'object', properties: { answer: { type: 'string' } } } }
}

function toBlock(message: RunMessage): Block {
  const calls = (message.tool_calls ?? []).map((call) => {
    const input = call.function?.arguments ?? call.arguments ?? {}
    return countCall(call.function?.name ?? call.name ?? '', typeof input === 'string' ? input : JSON.stringify(input))
  })
  const attached = attachmentsOf(message).map(countAttachment)
  const tokens = [...calls, ...attached].reduce((sum, count) => sum + count, countWords(textOf(message)))
  return { digest: JSON.stringify(message), tokens }
}

function textOf({ content }: RunMessage): string {
  if (typeof content === 'string') return content
  return (content ?? []).flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')
}

function attachmentsOf({ content }: RunMessage): string[] {
  if (typeof content === 'string') return []
  return (content ?? []).flatMap((part) =>
    part.type === 'image_url' ? [dataUrlType(part.image_url.url) ?? imageTypeOfUrl(part.image_url.url)] : [],
  )
}
