import OpenAI from 'openai'
import { gatewayKey, gatewayUrl } from '../gateway-under-test.ts'
import { whole, type Ask, type ChatDriver, type Told, type ToolCall } from './chat-driver.ts'
import { toOpenAiFailed } from './openai-failed.ts'

type Item = OpenAI.Responses.ResponseInputItem
type Answer = OpenAI.Responses.Response

const client = (apiKey = gatewayKey): OpenAI => new OpenAI({ apiKey, baseURL: `${gatewayUrl}/v1`, maxRetries: 0 })

/** The Responses API of the `openai` package, which keeps no conversation here. */
export const responsesDriver: ChatDriver = {
  sdk: 'openai SDK, responses',
  finish: { stop: 'completed', tools: 'completed' },
  errors: { 401: 'AuthenticationError', 404: 'NotFoundError', 429: 'RateLimitError' },
  showsReasoning: () => true,
  ask: async (ask) => (await complete(ask, [userMessage(ask)])).told,
  stream: async (ask) => (await stream(ask, [userMessage(ask)])).told,
  runTools: (ask, run) => loop(complete, ask, run),
  streamTools: (ask, run) => loop(stream, ask, run),
  fail: async (ask, apiKey) => {
    const error: unknown = await client(apiKey)
      .responses.create({ ...parameters(ask), input: [userMessage(ask)] })
      .catch((thrown: unknown) => thrown)
    return toOpenAiFailed(error)
  },
}

interface Turn {
  told: Told
  output: Answer['output']
}

type Send = (ask: Ask, input: Item[]) => Promise<Turn>

const complete: Send = async (ask, input) => {
  const answer = await client().responses.create({ ...parameters(ask), input })
  return { told: toTold(answer, whole), output: answer.output }
}

const stream: Send = async (ask, input) => {
  const pieces = { text: 0, toolArguments: 0 }
  const running = client().responses.stream({ ...parameters(ask), input })
  for await (const { type } of running) {
    if (type === 'response.output_text.delta') pieces.text += 1
    if (type === 'response.function_call_arguments.delta') pieces.toolArguments += 1
  }
  const answer = await running.finalResponse()
  return { told: toTold(answer, pieces), output: answer.output }
}

async function loop(send: Send, ask: Ask, run: (call: ToolCall) => string): Promise<{ first: Told; last: Told }> {
  const question = [userMessage(ask)]
  const { told: first, output } = await send(ask, question)
  const results = first.calls.map((call): Item => ({
    type: 'function_call_output',
    call_id: call.id,
    output: run(call),
  }))
  const { told: last } = await send(ask, [...question, ...output.flatMap(toInput), ...results])
  return { first, last }
}

/** An item of an answer goes back as it came; only what the SDK itself adds to calls is taken off. */
function toInput(item: Answer['output'][number]): Item[] {
  if (item.type === 'message' || item.type === 'reasoning') return [item]
  if (item.type !== 'function_call') return []
  const { id, type, call_id, name, arguments: given } = item
  return [{ ...(id !== undefined && { id }), type, call_id, name, arguments: given }]
}

function parameters({ model, tools, schema, reasoning }: Ask) {
  return {
    model,
    store: false,
    ...(tools && {
      tools: tools.map(({ name, description, schema: given }) => ({
        type: 'function' as const,
        name,
        description,
        parameters: { ...given },
        strict: true,
      })),
    }),
    ...(schema && {
      text: { format: { type: 'json_schema' as const, name: 'answer', strict: true, schema: { ...schema } } },
    }),
    ...(reasoning && { reasoning: { effort: 'high' as const } }),
  }
}

function userMessage({ text, image }: Ask): Item {
  if (image === undefined) return { role: 'user', content: text }
  return {
    role: 'user',
    content: [
      { type: 'input_text', text },
      { type: 'input_image', image_url: image, detail: 'auto' },
    ],
  }
}

function toTold({ output, output_text: text, status, usage }: Answer, pieces: Told['pieces']): Told {
  return {
    pieces,
    text,
    reasoning: output.map((item) => (item.type === 'reasoning' ? thoughtsOf(item) : '')).join(''),
    calls: output.flatMap((item) =>
      item.type === 'function_call' ? [{ id: item.call_id, name: item.name, input: JSON.parse(item.arguments) }] : [],
    ),
    finish: status,
    usage: {
      input: usage?.input_tokens,
      output: usage?.output_tokens,
      reasoning: usage?.output_tokens_details.reasoning_tokens,
    },
  }
}

function thoughtsOf({ summary, content = [] }: OpenAI.Responses.ResponseReasoningItem): string {
  return (content.length > 0 ? content : summary).map(({ text }) => text).join('')
}
