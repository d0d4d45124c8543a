import { generateText, streamText } from 'ai'
import { createAiGateway } from 'ai-gateway-provider'
import { createAnthropic } from 'ai-gateway-provider/providers/anthropic'
import { createOpenAI } from 'ai-gateway-provider/providers/openai'
import { createUnified } from 'ai-gateway-provider/providers/unified'
import { createWorkersAI, type DispatchInfo } from 'workers-ai-provider'
import { anthropic } from 'workers-ai-provider/anthropic'
import { google } from 'workers-ai-provider/google'
import { openai } from 'workers-ai-provider/openai'

/** As much of the runtime's class as the scenarios use; its ambient types don't go together with Node's. */
export interface Ai {
  aiGatewayLogId: string | null
  run(model: string, inputs: object, options?: object): Promise<unknown>
  gateway(id: string): {
    run(entries: unknown, options?: object): Promise<Response>
    getUrl(provider?: string): Promise<string>
    getLog(id: string): Promise<unknown>
    patchLog(id: string, change: object): Promise<void>
  }
  models(query: Record<string, string>): Promise<unknown>
}

type Scenario = (ai: Ai, input: Record<string, string>) => Promise<unknown>

const messages = (prompt: string) => [{ role: 'user' as const, content: prompt }]
const plugins = [openai, anthropic, google]

/** Runs a delegate model, and reports how it was dispatched. */
async function delegate(ai: Ai, input: Record<string, string>, options: Record<string, unknown>) {
  const infos: DispatchInfo[] = []
  const workersai = createWorkersAI({ binding: ai, providers: plugins, gateway: { id: 'default' } })
  const { model: slug = '', prompt = '' } = input
  const model = workersai(slug, {
    ...options,
    metadata: { mark: prompt },
    onDispatch: (info: DispatchInfo) => void infos.push(info),
  })
  const stream = streamText({ model, prompt, maxRetries: 0, onError: () => undefined })
  let text = ''
  for await (const part of stream.textStream) text += part
  const { inputTokens, outputTokens } = await stream.usage
  return { text, tokens: [inputTokens, outputTokens], info: infos.at(-1) }
}

/**
 * What people's code does today: `env.AI` and Cloudflare's published clients, nothing of ours. Each scenario is one
 * request of it; what the clients gave is the answer.
 */
const scenarios: Readonly<Record<string, Scenario>> = {
  run: async (ai, { model = '', prompt = '' }) => {
    const result = await ai.run(model, { prompt })
    return { result, logId: ai.aiGatewayLogId }
  },
  'run-chat': async (ai, { model = '', prompt = '' }) => {
    const result = await ai.run(
      model,
      { messages: messages(prompt), max_tokens: 50 },
      { gateway: { id: 'default', metadata: { mark: prompt } } },
    )
    return { result, logId: ai.aiGatewayLogId }
  },
  'run-stream': async (ai, { model = '', prompt = '' }) => {
    const stream = await ai.run(model, { messages: messages(prompt), stream: true }, { gateway: { id: 'default' } })
    return stream instanceof ReadableStream ? new Response(stream).text() : { notAStream: stream }
  },
  universal: async (ai, { prompt = '' }) => {
    const entry = (model: string) => ({
      provider: 'openai',
      endpoint: 'chat/completions',
      headers: { 'content-type': 'application/json' },
      query: { model, messages: messages(prompt) },
    })
    const response = await ai.gateway('default').run([entry('gpt-4o-mini+status:500'), entry('gpt-4o-mini')], {
      gateway: { skipCache: true, metadata: { mark: prompt } },
    })
    return { status: response.status, step: response.headers.get('cf-aig-step'), body: await response.json() }
  },
  url: async (ai, { provider }) => ai.gateway('default').getUrl(provider),
  log: async (ai, { id = '' }) => ai.gateway('default').getLog(id),
  patch: async (ai, { id = '' }) => {
    await ai.gateway('default').patchLog(id, { feedback: 1, score: 80, metadata: { rated: true } })
    return ai.gateway('default').getLog(id)
  },
  models: async (ai, { search = '' }) => ai.models({ search }),
  'wai-cf': async (ai, { model = '', prompt = '' }) => {
    const { text, usage } = await generateText({ model: createWorkersAI({ binding: ai })(model), prompt })
    return { text, tokens: [usage.inputTokens, usage.outputTokens] }
  },
  'wai-run': (ai, input) => delegate(ai, input, {}),
  'wai-gateway': (ai, input) => delegate(ai, input, { transport: 'gateway' }),
  'wai-cache': (ai, input) => delegate(ai, input, { cacheTtl: 60 }),
  'wai-server-fallback': (ai, input) =>
    delegate(ai, input, { fallback: { mode: 'server', models: [input['fallback'] ?? ''] } }),
  'wai-client-fallback': (ai, input) =>
    delegate(ai, input, { fallback: { mode: 'client', models: [input['fallback'] ?? ''] } }),
  agp: async (ai, { first = '', second = '', prompt = '' }) => {
    const gateway = createAiGateway({ binding: ai.gateway('default'), options: { metadata: { mark: prompt } } })
    const models = [createOpenAI().chat(first), createAnthropic()(second)]
    const { text, response } = await generateText({ model: gateway(models), prompt, maxRetries: 0 })
    return { text, step: response.headers?.['cf-aig-step'] }
  },
  'agp-unified': async (ai, { model = '', prompt = '' }) => {
    const gateway = createAiGateway({ binding: ai.gateway('default') })
    const { text } = await generateText({ model: gateway(createUnified()(model)), prompt, maxRetries: 0 })
    return { text }
  },
  'agp-missing-gateway': async (ai, { prompt = '' }) => {
    const gateway = createAiGateway({ binding: ai.gateway('nobody-made-it') })
    await generateText({ model: gateway(createOpenAI().chat('gpt-4o-mini')), prompt, maxRetries: 0 })
  },
}

/** Plays one scenario: `{ ok }`, or the `{ error }` that its user would have caught. */
export async function playScenario(ai: Ai, name: string, input: Record<string, string>): Promise<object> {
  const scenario = scenarios[name]
  if (!scenario) throw new Error(`There is no scenario "${name}".`)
  try {
    return { ok: (await scenario(ai, input)) ?? null }
  } catch (error) {
    const { name: errorName, message, constructor } = error instanceof Error ? error : new Error(String(error))
    return { error: { name: errorName, message, type: constructor.name } }
  }
}
