import type { ChatRequest } from '../../chat.ts'
import { compact, type Json, type JsonObject } from '../../json.ts'
import { adoptServerTools } from '../../server-tools/adopt-server-tools.ts'
import { WireError } from '../../wire-error.ts'
import type { WireContext, WireRequest } from '../../wire-format.ts'
import { formatId } from './format-id.ts'
import { formatMessages } from './format-messages.ts'
import { formatSampling } from './format-sampling.ts'
import { formatStructure } from './format-structure.ts'
import { formatThinking } from './format-thinking.ts'
import { formatTools } from './format-tools.ts'
import { modelGeneration } from './model-generation.ts'

/**
 * Writes a Messages request. `max_tokens`, which the API demands, is by default 8,192 (4,096 for Claude 3.0 and older)
 * beside the reasoning budget. Each field that was dropped or bent is named in `warnings`.
 * @throws WireError `unsupported` for audio and several choices.
 * @see https://docs.anthropic.com/en/api/messages
 */
export function formatRequest(asked: ChatRequest, context: WireContext): WireRequest {
  refuse(asked)
  const warnings = new Set<string>()
  const request = adoptServerTools(asked, { format: formatId, model: context.model, warnings })
  const generation = modelGeneration(context.model)
  const structure = formatStructure(request, { generation, warnings })
  const tools = formatTools(structure.request, { generation, warnings })
  const forced = tools.tool_choice?.['type'] === 'any' || tools.tool_choice?.['type'] === 'tool'
  const thinking = formatThinking(request, { generation, forced, warnings })
  const { system, messages } = formatMessages(request.messages, warnings)
  const outputConfig = { ...thinking.output_config, ...structure.output_config }
  const body = {
    ...nativeExtra(request, warnings),
    model: context.model,
    max_tokens: thinking.max_tokens,
    system,
    messages,
    tools: tools.tools,
    tool_choice: tools.tool_choice,
    thinking: thinking.thinking,
    output_config: Object.keys(outputConfig).length > 0 ? outputConfig : undefined,
    ...formatSampling(request, { generation, isThinking: thinking.isThinking, warnings }),
    stream: request.stream,
  }
  return { body: compact(body), warnings: [...warnings] }
}

function refuse({ n, extra }: ChatRequest): void {
  if (n !== undefined && n > 1) {
    throw new WireError('unsupported', 'The Messages API gives one answer: send `n: 1`, or ask several times.', 'n')
  }
  const modalities = extra?.['modalities']
  if (Array.isArray(modalities) && modalities.some((modality) => modality !== 'text')) {
    throw new WireError('unsupported', 'The Messages API answers in text only.', 'modalities')
  }
}

/** Fields that mean nothing when they are off. */
const isOff = (value: Json | undefined): boolean => value === undefined || value === null || value === false

function nativeExtra({ extra = {}, extra_format }: ChatRequest, warnings: Set<string>): JsonObject {
  if (extra_format === formatId) return extra
  for (const [field, value] of Object.entries(extra)) if (!isOff(value)) warnings.add(field)
  return {}
}
