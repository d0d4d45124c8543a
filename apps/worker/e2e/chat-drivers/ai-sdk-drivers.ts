import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { createAiGateway } from '@gw/ai-sdk-provider'
import { createWorkersAI } from '@gw/workers-ai-delegate'
import { anthropic } from '@gw/workers-ai-delegate/anthropic'
import { google } from '@gw/workers-ai-delegate/google'
import { openai } from '@gw/workers-ai-delegate/openai'
import {
  dynamicTool,
  generateText,
  jsonSchema,
  Output,
  stepCountIs,
  streamText,
  tool,
  type LanguageModel,
  type ModelMessage,
  type Tool,
} from 'ai'
import { gatewayKey, gatewayUrl } from '../gateway-under-test.ts'
import { firstAndLast, last, toFailed, toTold } from './ai-sdk-steps.ts'
import { whole, type Ask, type ChatDriver, type Told, type ToolCall, type ToolSpec } from './chat-driver.ts'

const baseURL = `${gatewayUrl}/v1`
const plugins = [openai, anthropic, google]

/** `ai` with three of its providers. */
export const aiSdkDrivers: readonly ChatDriver[] = [
  aiSdkDriver({
    sdk: '@ai-sdk/openai .chat()',
    showsReasoning: () => false,
    modelOf: (id, apiKey) => createOpenAI({ baseURL, apiKey }).chat(id),
    reasoning: { openai: { reasoningEffort: 'high', forceReasoning: true } },
  }),
  aiSdkDriver({
    sdk: '@ai-sdk/openai',
    showsReasoning: () => true,
    modelOf: (id, apiKey) => createOpenAI({ baseURL, apiKey })(id),
    asksForSummary: true,
    reasoning: { openai: { reasoningEffort: 'high', forceReasoning: true } },
  }),
  aiSdkDriver({
    sdk: '@ai-sdk/openai-compatible',
    showsReasoning: () => true,
    modelOf: (id, apiKey) =>
      createOpenAICompatible({ name: 'gw', baseURL, apiKey, includeUsage: true, supportsStructuredOutputs: true })(id),
    reasoning: { gw: { reasoningEffort: 'high' } },
  }),
  aiSdkDriver({
    sdk: '@ai-sdk/anthropic',
    showsReasoning: () => true,
    modelOf: (id, apiKey) => createAnthropic({ baseURL, apiKey })(id),
    reasoning: { anthropic: { thinking: { type: 'enabled', budgetTokens: 2048 } } },
  }),
  aiSdkDriver({
    sdk: '@gw/ai-sdk-provider by id',
    showsReasoning: () => true,
    modelOf: (id, apiKey) => createAiGateway({ baseURL, apiKey })(id),
    reasoning: { Unified: { reasoningEffort: 'high' } },
  }),
  aiSdkDriver({
    sdk: '@gw/workers-ai-delegate by slug',
    // The openai plugin has no place for it.
    showsReasoning: (format) => format === 'Anthropic' || format === 'Workers AI',
    // A run of Workers AI's own models says what Workers AI says.
    statusOfMissing: { 'Workers AI': 400 },
    modelOf: (id, apiKey) => createWorkersAI({ baseURL: gatewayUrl, apiKey, providers: plugins })(id),
    reasoning: {
      openai: { reasoningEffort: 'high', forceReasoning: true },
      anthropic: { thinking: { type: 'enabled', budgetTokens: 2048 } },
      'workers-ai': { reasoning_effort: 'high' },
    },
  }),
]

interface Flavour {
  sdk: string
  showsReasoning: ChatDriver['showsReasoning']
  statusOfMissing?: ChatDriver['statusOfMissing']
  asksForSummary?: true
  modelOf(id: string, apiKey: string): LanguageModel
  /** Provider options that ask for reasoning. */
  reasoning: NonNullable<Parameters<typeof generateText>[0]['providerOptions']>
}

function aiSdkDriver(flavour: Flavour): ChatDriver {
  return {
    sdk: flavour.sdk,
    finish: { stop: 'stop', tools: 'tool-calls' },
    errors: { 401: 'AI_APICallError', 404: 'AI_APICallError', 429: 'AI_APICallError' },
    showsReasoning: flavour.showsReasoning,
    ...(flavour.statusOfMissing && { statusOfMissing: flavour.statusOfMissing }),
    ...(flavour.asksForSummary && { asksForSummary: true }),
    ask: async (ask) => {
      const { finalStep } = await generateText(settings(flavour, ask))
      return toTold(finalStep, whole)
    },
    stream: async (ask) => last(await readStream(flavour, ask)),
    runTools: async (ask, run) => {
      const { steps } = await generateText({ ...settings(flavour, ask, run), stopWhen: stepCountIs(2) })
      return firstAndLast(steps.map((step) => toTold(step, whole)))
    },
    streamTools: async (ask, run) => firstAndLast(await readStream(flavour, ask, run)),
    fail: async (ask, apiKey) => {
      const error: unknown = await generateText({
        ...settings(flavour, ask),
        model: flavour.modelOf(ask.model, apiKey ?? gatewayKey),
      }).catch((thrown: unknown) => thrown)
      return toFailed(error)
    },
  }
}

type Run = (call: ToolCall) => string

/** What every step of a stream told. */
async function readStream(flavour: Flavour, ask: Ask, run?: Run): Promise<Told[]> {
  const pieces: Told['pieces'][] = []
  const errors: unknown[] = []
  const result = streamText({
    ...settings(flavour, ask, run),
    stopWhen: stepCountIs(run ? 2 : 1),
    onError: ({ error }) => void errors.push(error),
  })
  for await (const part of result.fullStream) {
    if (part.type === 'start-step') pieces.push({ text: 0, toolArguments: 0 })
    const step = pieces.at(-1)
    if (step && part.type === 'text-delta') step.text += 1
    if (step && part.type === 'tool-input-delta') step.toolArguments += 1
  }
  if (errors.length > 0) throw errors[0]
  const steps = await result.steps
  return steps.map((step, index) => toTold(step, pieces[index] ?? whole))
}

function settings({ modelOf, reasoning }: Flavour, ask: Ask, run?: Run) {
  return {
    model: modelOf(ask.model, gatewayKey),
    maxRetries: 0,
    messages: [userMessage(ask)],
    tools: Object.fromEntries((ask.tools ?? []).map((spec) => [spec.name, toTool(spec, run)])),
    ...(ask.schema && { output: Output.object({ schema: jsonSchema(ask.schema) }) }),
    ...(ask.reasoning && { providerOptions: reasoning }),
  }
}

function toTool({ name, description, schema }: ToolSpec, run: Run | undefined): Tool {
  const inputSchema = jsonSchema(schema)
  if (!run) return tool({ description, inputSchema })
  return dynamicTool({
    description,
    inputSchema,
    execute: async (input, { toolCallId: id }) => run({ id, name, input }),
  })
}

function userMessage({ text, image }: Ask): ModelMessage {
  if (image === undefined) return { role: 'user', content: text }
  return {
    role: 'user',
    content: [
      { type: 'text', text },
      { type: 'image', image },
    ],
  }
}
