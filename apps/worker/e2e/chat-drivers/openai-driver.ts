import OpenAI from 'openai'
import { z } from 'zod'
import { gatewayKey, gatewayUrl } from '../gateway-under-test.ts'
import { whole, type Ask, type ChatDriver, type Told, type ToolCall } from './chat-driver.ts'
import { toOpenAiFailed } from './openai-failed.ts'

type Message = OpenAI.ChatCompletionMessageParam
type Completion = OpenAI.ChatCompletion

const client = (apiKey = gatewayKey): OpenAI => new OpenAI({ apiKey, baseURL: `${gatewayUrl}/v1`, maxRetries: 0 })

/** The `openai` package. */
export const openaiDriver: ChatDriver = {
  sdk: 'openai SDK',
  finish: { stop: 'stop', tools: 'tool_calls' },
  errors: { 401: 'AuthenticationError', 404: 'NotFoundError', 429: 'RateLimitError' },
  showsReasoning: () => true,
  ask: async (ask) => (await complete(ask, [userMessage(ask)])).told,
  stream: async (ask) => (await stream(ask, [userMessage(ask)])).told,
  runTools: (ask, run) => loop(complete, ask, run),
  streamTools: (ask, run) => loop(stream, ask, run),
  fail: async (ask, apiKey) => {
    const error: unknown = await client(apiKey)
      .chat.completions.create({ ...parameters(ask), messages: [userMessage(ask)] })
      .catch((thrown: unknown) => thrown)
    return toOpenAiFailed(error)
  },
}

interface Turn {
  told: Told
  message: OpenAI.ChatCompletionMessage
}

type Send = (ask: Ask, messages: Message[]) => Promise<Turn>

const complete: Send = async (ask, messages) => {
  const completion = await client().chat.completions.create({ ...parameters(ask), messages })
  return {
    told: toTold(completion, { reasoning: reasoningOf(choiceOf(completion).message), pieces: whole }),
    message: choiceOf(completion).message,
  }
}

const stream: Send = async (ask, messages) => {
  const pieces = { text: 0, toolArguments: 0 }
  let reasoning = ''
  const running = client().chat.completions.stream({
    ...parameters(ask),
    messages,
    stream_options: { include_usage: true },
  })
  for await (const { choices } of running) {
    for (const { delta } of choices) {
      if (delta.content) pieces.text += 1
      if (delta.tool_calls?.some((call) => call.function?.arguments)) pieces.toolArguments += 1
      reasoning += reasoningOf(delta)
    }
  }
  const completion = await running.finalChatCompletion()
  return { told: toTold(completion, { reasoning, pieces }), message: choiceOf(completion).message }
}

async function loop(send: Send, ask: Ask, run: (call: ToolCall) => string): Promise<{ first: Told; last: Told }> {
  const question = [userMessage(ask)]
  const { told: first, message } = await send(ask, question)
  const results = first.calls.map((call): Message => ({ role: 'tool', tool_call_id: call.id, content: run(call) }))
  const { content, tool_calls: calls } = message
  const tool_calls = (calls ?? []).flatMap(({ id, type, ...call }) =>
    type === 'function' && 'function' in call
      ? [{ id, type, function: { name: call.function.name, arguments: call.function.arguments } }]
      : [],
  )
  const { told: last } = await send(ask, [...question, { role: 'assistant', content, tool_calls }, ...results])
  return { first, last }
}

function parameters({ model, tools, schema, reasoning }: Ask) {
  return {
    model,
    ...(tools && {
      tools: tools.map(({ name, description, schema: parameters }) => ({
        type: 'function' as const,
        function: { name, description, parameters: { ...parameters } },
      })),
    }),
    ...(schema && {
      response_format: {
        type: 'json_schema' as const,
        json_schema: { name: 'answer', strict: true, schema: { ...schema } },
      },
    }),
    ...(reasoning && { reasoning_effort: 'high' as const }),
  }
}

function userMessage({ text, image }: Ask): Message {
  if (image === undefined) return { role: 'user', content: text }
  return {
    role: 'user',
    content: [
      { type: 'text', text },
      { type: 'image_url', image_url: { url: image } },
    ],
  }
}

const reasoned = z.object({ reasoning_content: z.string().nullish() })

function reasoningOf(message: unknown): string {
  return reasoned.parse(message).reasoning_content ?? ''
}

function choiceOf({ choices: [choice] }: Completion): Completion['choices'][number] {
  if (!choice) throw new Error('The completion has no choice.')
  return choice
}

function toTold(completion: Completion, seen: Pick<Told, 'reasoning' | 'pieces'>): Told {
  const { message, finish_reason: finish } = choiceOf(completion)
  const { usage } = completion
  return {
    ...seen,
    text: message.content ?? '',
    calls: (message.tool_calls ?? []).flatMap((call) =>
      call.type === 'function'
        ? [{ id: call.id, name: call.function.name, input: JSON.parse(call.function.arguments) }]
        : [],
    ),
    finish,
    usage: {
      input: usage?.prompt_tokens,
      output: usage?.completion_tokens,
      reasoning: usage?.completion_tokens_details?.reasoning_tokens,
    },
  }
}
