import Anthropic, { APIError } from '@anthropic-ai/sdk'
import { gatewayKey, gatewayUrl } from '../gateway-under-test.ts'
import { whole, type Ask, type ChatDriver, type Failed, type Told, type ToolCall } from './chat-driver.ts'

const client = (apiKey = gatewayKey): Anthropic => new Anthropic({ apiKey, baseURL: gatewayUrl, maxRetries: 0 })

/** The `@anthropic-ai/sdk` package. */
export const anthropicDriver: ChatDriver = {
  sdk: '@anthropic-ai/sdk',
  finish: { stop: 'end_turn', tools: 'tool_use' },
  errors: { 401: 'AuthenticationError', 404: 'NotFoundError', 429: 'RateLimitError' },
  showsReasoning: () => true,
  ask: async (ask) => (await complete(ask, [userMessage(ask)])).told,
  stream: async (ask) => (await stream(ask, [userMessage(ask)])).told,
  runTools: (ask, run) => loop(complete, ask, run),
  streamTools: (ask, run) => loop(stream, ask, run),
  fail: async (ask, apiKey) => {
    const error: unknown = await client(apiKey)
      .messages.create({ ...parameters(ask), messages: [userMessage(ask)] })
      .catch((thrown: unknown) => thrown)
    return toFailed(error)
  },
}

interface Turn {
  told: Told
  message: Anthropic.Message
}

type Send = (ask: Ask, messages: Anthropic.MessageParam[]) => Promise<Turn>

const complete: Send = async (ask, messages) => {
  const message = await client().messages.create({ ...parameters(ask), messages })
  return { told: toTold(message, whole), message }
}

const stream: Send = async (ask, messages) => {
  const pieces = { text: 0, toolArguments: 0 }
  const running = client().messages.stream({ ...parameters(ask), messages })
  for await (const event of running) {
    if (event.type !== 'content_block_delta') continue
    if (event.delta.type === 'text_delta') pieces.text += 1
    if (event.delta.type === 'input_json_delta' && event.delta.partial_json !== '') pieces.toolArguments += 1
  }
  const message = await running.finalMessage()
  return { told: toTold(message, pieces), message }
}

async function loop(send: Send, ask: Ask, run: (call: ToolCall) => string): Promise<{ first: Told; last: Told }> {
  const question = [userMessage(ask)]
  const { told: first, message } = await send(ask, question)
  const results = first.calls.map((call) => ({
    type: 'tool_result' as const,
    tool_use_id: call.id,
    content: run(call),
  }))
  const { told: last } = await send(ask, [
    ...question,
    { role: 'assistant', content: message.content },
    { role: 'user', content: results },
  ])
  return { first, last }
}

function parameters({ model, tools, schema, reasoning }: Ask) {
  return {
    model,
    max_tokens: 4096,
    ...(tools && {
      tools: tools.map(({ name, description, schema: input }) => ({
        name,
        description,
        input_schema: { ...input, type: 'object' as const, required: input.required ?? null },
      })),
    }),
    ...(schema && { output_config: { format: { type: 'json_schema' as const, schema: { ...schema } } } }),
    ...(reasoning && { thinking: { type: 'enabled' as const, budget_tokens: 2048 } }),
  }
}

function userMessage({ text, image }: Ask): Anthropic.MessageParam {
  if (image === undefined) return { role: 'user', content: text }
  const source = { type: 'base64' as const, media_type: 'image/png' as const, data: image.replace(/^.*,/, '') }
  return {
    role: 'user',
    content: [
      { type: 'text', text },
      { type: 'image', source },
    ],
  }
}

function toTold({ content, stop_reason: finish, usage }: Anthropic.Message, pieces: Told['pieces']): Told {
  return {
    pieces,
    text: content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    reasoning: content.map((block) => (block.type === 'thinking' ? block.thinking : '')).join(''),
    calls: content.flatMap((block) =>
      block.type === 'tool_use' ? [{ id: block.id, name: block.name, input: block.input }] : [],
    ),
    finish,
    usage: {
      input: usage.input_tokens,
      output: usage.output_tokens,
      reasoning: usage.output_tokens_details?.thinking_tokens,
    },
  }
}

function toFailed(error: unknown): Failed {
  if (!(error instanceof APIError)) throw new Error('The request did not fail as an APIError.', { cause: error })
  const { status, headers, message } = error
  return { errorClass: error.constructor.name, status, retryAfter: headers?.get('retry-after'), message }
}
