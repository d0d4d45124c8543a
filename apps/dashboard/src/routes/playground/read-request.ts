import { z } from '../../api/zod.ts'
import { noSettings, type Settings } from './settings.ts'
import type { Picture, Turn } from './turn.ts'

/** A conversation that was asked before. */
export interface PastRequest {
  model: string | undefined
  settings: Settings
  turns: readonly Turn[]
}

const partSchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  image_url: z.union([z.string(), z.looseObject({ url: z.string() })]).optional(),
  source: z
    .looseObject({ media_type: z.string().optional(), data: z.string().optional(), url: z.string().optional() })
    .optional(),
})
const contentSchema = z.union([z.string(), z.array(partSchema)]).nullish()
const callSchema = z.looseObject({
  id: z.string(),
  function: z.looseObject({ name: z.string(), arguments: z.string().default('{}') }),
})
const messageSchema = z.looseObject({
  role: z.string(),
  content: contentSchema,
  tool_calls: z.array(callSchema).nullish(),
  tool_call_id: z.string().optional(),
})
const requestSchema = z.looseObject({
  model: z.string().optional(),
  /** Chat completions and messages. */
  messages: z.array(messageSchema).optional(),
  /** Responses. */
  input: z.union([z.string(), z.array(z.unknown())]).optional(),
  instructions: z.string().nullish(),
  system: contentSchema,
  temperature: z.number().nullish(),
  max_tokens: z.number().nullish(),
  max_completion_tokens: z.number().nullish(),
  max_output_tokens: z.number().nullish(),
  tools: z.array(z.unknown()).nullish(),
})

type Content = z.output<typeof contentSchema>
type Message = z.output<typeof messageSchema>
type Request = z.output<typeof requestSchema>

/** The conversation of a request's body, chat completions, messages or responses; `undefined` for anything else. */
export function readRequest(text: string): PastRequest | undefined {
  const parsed = requestSchema.safeParse(parseJson(text))
  if (!parsed.success) return undefined
  const request = parsed.data
  const messages = messagesOf(request)
  const isSystem = ({ role }: Message): boolean => role === 'system' || role === 'developer'
  const turns = messages.filter((message) => !isSystem(message)).map(toTurn)
  if (turns.length === 0) return undefined
  const system = [
    request.instructions ?? '',
    textOf(request.system),
    ...messages.filter(isSystem).map(({ content }) => textOf(content)),
  ]
  return {
    model: request.model,
    settings: { ...settingsOf(request), system: system.filter(Boolean).join('\n\n') },
    turns,
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function messagesOf({ messages, input }: Request): Message[] {
  if (messages) return messages
  if (typeof input === 'string') return [{ role: 'user', content: input }]
  return (input ?? []).flatMap((item) => {
    const parsed = messageSchema.safeParse(item)
    return parsed.success ? [parsed.data] : []
  })
}

function settingsOf(request: Request): Settings {
  const { temperature, tools } = request
  const most = request.max_completion_tokens ?? request.max_tokens ?? request.max_output_tokens
  const isChat = tools?.every((tool) => z.looseObject({ function: z.unknown() }).safeParse(tool).success) ?? false
  return {
    ...noSettings,
    temperature: temperature === undefined || temperature === null ? '' : String(temperature),
    maxTokens: most === undefined || most === null ? '' : String(most),
    tools: isChat && tools && tools.length > 0 ? JSON.stringify(tools, null, 2) : '',
  }
}

function toTurn({ role, content, tool_calls: calls, tool_call_id: callId }: Message): Turn {
  if (role === 'tool') return { role: 'tool', callId: callId ?? '', text: textOf(content) }
  if (role === 'assistant') {
    return {
      role: 'assistant',
      text: textOf(content),
      toolCalls: (calls ?? []).map(({ id, function: { name, arguments: said } }) => ({ id, name, arguments: said })),
    }
  }
  return { role: 'user', text: textOf(content), pictures: picturesOf(content) }
}

function textOf(content: Content): string {
  if (typeof content === 'string') return content
  return (content ?? []).flatMap(({ text }) => text ?? []).join('\n')
}

function picturesOf(content: Content): Picture[] {
  if (typeof content === 'string') return []
  return (content ?? []).flatMap(({ image_url: image, source }, index) => {
    const url = typeof image === 'string' ? image : (image?.url ?? urlOf(source))
    return url === undefined ? [] : [{ name: `picture ${index + 1}`, url }]
  })
}

function urlOf(
  source: { media_type?: string | undefined; data?: string | undefined; url?: string | undefined } | undefined,
): string | undefined {
  if (source?.url !== undefined) return source.url
  return source?.data === undefined ? undefined : `data:${source.media_type ?? 'image/png'};base64,${source.data}`
}
