import { createOpenAICompatible } from '@ai-sdk-6/openai-compatible'
import { createAiGateway } from '@gw/ai-sdk-provider'
import { dynamicTool, generateText, jsonSchema, Output, stepCountIs, streamText, tool, type Tool } from 'ai-6'
import { gatewayKey, gatewayUrl } from '../gateway-under-test.ts'
import { firstAndLast, last, toFailed, toTold } from './ai-sdk-steps.ts'
import { whole, type Ask, type ChatDriver, type Told, type ToolCall, type ToolSpec } from './chat-driver.ts'

const unified = createOpenAICompatible({
  name: 'Unified',
  baseURL: 'https://gateway.ai.cloudflare.com/v1/compat',
  includeUsage: true,
  supportsStructuredOutputs: true,
})

/** AI SDK 6, whose models and types are not those of 7. */
export const aiSdk6Driver: ChatDriver = {
  sdk: '@gw/ai-sdk-provider by id, AI SDK 6',
  finish: { stop: 'stop', tools: 'tool-calls' },
  errors: { 401: 'AI_APICallError', 404: 'AI_APICallError', 429: 'AI_APICallError' },
  showsReasoning: () => true,
  ask: async (ask) => toTold(await generateText(settings(ask)), whole),
  stream: async (ask) => last(await readStream(ask)),
  runTools: async (ask, run) => {
    const { steps } = await generateText({ ...settings(ask, { run }), stopWhen: stepCountIs(2) })
    return firstAndLast(steps.map((step) => toTold(step, whole)))
  },
  streamTools: async (ask, run) => firstAndLast(await readStream(ask, run)),
  fail: async (ask, apiKey) => {
    const error: unknown = await generateText(settings(ask, { apiKey })).catch((thrown: unknown) => thrown)
    return toFailed(error)
  },
}

type Run = (call: ToolCall) => string

/** What every step of a stream told. */
async function readStream(ask: Ask, run?: Run): Promise<Told[]> {
  const pieces: Told['pieces'][] = []
  const errors: unknown[] = []
  const result = streamText({
    ...settings(ask, { run }),
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

interface Settings {
  apiKey?: string | undefined
  run?: Run | undefined
}

function settings(
  { model, text, image, tools = [], schema, reasoning }: Ask,
  { apiKey = gatewayKey, run }: Settings = {},
) {
  return {
    model: createAiGateway({ baseURL: `${gatewayUrl}/v1`, apiKey, unified })(model),
    maxRetries: 0,
    messages: [
      {
        role: 'user' as const,
        content: [{ type: 'text' as const, text }, ...(image === undefined ? [] : [{ type: 'image' as const, image }])],
      },
    ],
    tools: Object.fromEntries(tools.map((spec) => [spec.name, toTool(spec, run)])),
    ...(schema && { output: Output.object({ schema: jsonSchema(schema) }) }),
    ...(reasoning && { providerOptions: { Unified: { reasoningEffort: 'high' } } }),
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
