import { Ollama, type ChatRequest, type ChatResponse, type Message } from 'ollama'
import { z } from 'zod'
import { gatewayKey, gatewayUrl } from '../gateway-under-test.ts'
import { whole, type Ask, type ChatDriver, type Failed, type Told, type ToolCall } from './chat-driver.ts'

const client = (apiKey = gatewayKey): Ollama =>
  new Ollama({ host: gatewayUrl, headers: { authorization: `Bearer ${apiKey}` } })

/** The `ollama` package. */
export const ollamaDriver: ChatDriver = {
  sdk: 'ollama',
  finish: { stop: 'stop', tools: 'stop' },
  errors: { 401: 'ResponseError', 404: 'ResponseError', 429: 'ResponseError' },
  showsReasoning: () => true,
  hasWholeCalls: true,
  losesHeaders: true,
  countsAllOutputAsOne: true,
  ask: async (ask) => (await complete(ask, [userMessage(ask)])).told,
  stream: async (ask) => (await stream(ask, [userMessage(ask)])).told,
  runTools: (ask, run) => loop(complete, ask, run),
  streamTools: (ask, run) => loop(stream, ask, run),
  fail: async (ask, apiKey) => {
    const error: unknown = await client(apiKey)
      .chat({ ...parameters(ask), messages: [userMessage(ask)], stream: false })
      .catch((thrown: unknown) => thrown)
    return toFailed(error)
  },
}

interface Turn {
  told: Told
  message: Message
}

type Send = (ask: Ask, messages: Message[]) => Promise<Turn>

const complete: Send = async (ask, messages) => {
  const answer = await client().chat({ ...parameters(ask), messages, stream: false })
  return { told: toTold([answer], whole), message: answer.message }
}

const stream: Send = async (ask, messages) => {
  const lines: ChatResponse[] = []
  for await (const line of await client().chat({ ...parameters(ask), messages, stream: true })) lines.push(line)
  const calls = callsOf(lines)
  const pieces = { text: lines.filter(({ message }) => message.content !== '').length, toolArguments: calls.length }
  const message = { role: 'assistant', content: textOf(lines), tool_calls: calls }
  return { told: toTold(lines, pieces), message }
}

async function loop(send: Send, ask: Ask, run: (call: ToolCall) => string): Promise<{ first: Told; last: Told }> {
  const question = [userMessage(ask)]
  const { told: first, message } = await send(ask, question)
  const results = first.calls.map((call) => ({ role: 'tool', tool_name: call.name, content: run(call) }))
  const { told: last } = await send(ask, [...question, message, ...results])
  return { first, last }
}

function parameters({
  model,
  tools,
  schema,
  reasoning,
}: Ask): Pick<ChatRequest, 'model' | 'tools' | 'format' | 'think'> {
  return {
    model,
    ...(tools && {
      tools: tools.map(({ name, description, schema: { type, required = [], properties } }) => ({
        type: 'function',
        function: { name, description, parameters: { type, required, properties: { ...plain(properties) } } },
      })),
    }),
    ...(schema && { format: schema }),
    ...(reasoning && { think: true }),
  }
}

const property = z.looseObject({ type: z.string() })

/** The package knows fewer kinds of schema than there are. */
const plain = (properties: unknown) => z.record(z.string(), property).parse(properties)

function userMessage({ text, image }: Ask): Message {
  return {
    role: 'user',
    content: text,
    ...(image !== undefined && { images: [image.replace(/^.*,/, '')] }),
  }
}

const textOf = (lines: ChatResponse[]): string => lines.map(({ message }) => message.content).join('')

const callsOf = (lines: ChatResponse[]) => lines.flatMap(({ message }) => message.tool_calls ?? [])

function toTold(lines: ChatResponse[], pieces: Told['pieces']): Told {
  const end = lines.at(-1)
  return {
    pieces,
    text: textOf(lines),
    reasoning: lines.map(({ message }) => message.thinking ?? '').join(''),
    // Its calls have no ids: their names tell them apart.
    calls: callsOf(lines).map(({ function: { name, arguments: input } }) => ({ id: name, name, input })),
    finish: end?.done_reason,
    usage: { input: end?.prompt_eval_count, output: end?.eval_count, reasoning: undefined },
  }
}

const responseError = z.object({ name: z.literal('ResponseError'), status_code: z.number(), message: z.string() })

function toFailed(error: unknown): Failed {
  const { name, status_code: status, message } = responseError.parse(error)
  return { errorClass: name, status, retryAfter: undefined, message }
}
