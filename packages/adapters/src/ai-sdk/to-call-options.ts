import type { LanguageModelV4CallOptions, LanguageModelV4FunctionTool } from '@ai-sdk/provider'
import type { ChatRequest, ToolChoice } from '../chat.ts'
import { compact } from '../json.ts'
import { toPrompt } from './to-prompt.ts'

/** Levels that the AI SDK has words for. */
const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const

/** A canonical request as the AI SDK's models take it. */
export function toCallOptions(request: ChatRequest, abortSignal: AbortSignal): LanguageModelV4CallOptions {
  const tools = toTools(request)
  return {
    prompt: toPrompt(request.messages),
    abortSignal,
    ...compact({
      maxOutputTokens: request.max_completion_tokens,
      temperature: request.temperature,
      topP: request.top_p,
      topK: request.top_k,
      presencePenalty: request.presence_penalty,
      frequencyPenalty: request.frequency_penalty,
      stopSequences: request.stop,
      seed: request.seed,
      responseFormat: toFormat(request.response_format),
      reasoning: efforts.find((effort) => effort === request.reasoning_effort),
      tools: tools.length > 0 ? tools : undefined,
      toolChoice: tools.length > 0 ? toToolChoice(request.tool_choice) : undefined,
    }),
  }
}

function toFormat(format: ChatRequest['response_format']): LanguageModelV4CallOptions['responseFormat'] {
  if (format?.type === 'json_object') return { type: 'json' }
  if (format?.type !== 'json_schema') return undefined
  const { name, description, schema } = format.json_schema
  return { type: 'json', name, ...compact({ schema, description }) }
}

/** `allowed_tools` becomes a shorter list. */
function toTools({ tools = [], tool_choice: choice }: ChatRequest): LanguageModelV4FunctionTool[] {
  const allowed = typeof choice === 'object' && choice.type === 'allowed_tools' ? new Set(choice.names) : undefined
  return tools.flatMap((tool): LanguageModelV4FunctionTool[] => {
    if (tool.type !== 'function' || allowed?.has(tool.function.name) === false) return []
    const { name, description, parameters, strict } = tool.function
    const inputSchema = parameters ?? { type: 'object' as const, properties: {} }
    return [{ type: 'function', name, inputSchema, ...compact({ description, strict }) }]
  })
}

function toToolChoice(choice: ToolChoice | undefined): LanguageModelV4CallOptions['toolChoice'] {
  if (choice === undefined) return undefined
  if (typeof choice === 'string') return { type: choice }
  if (choice.type === 'function') return { type: 'tool', toolName: choice.function.name }
  return { type: choice.mode }
}
