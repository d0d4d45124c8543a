import type { ChatRequest } from '../../chat.ts'
import { compact, objectOf, type JsonObject } from '../../json.ts'
import { adoptServerTools } from '../../server-tools/adopt-server-tools.ts'
import { WireError } from '../../wire-error.ts'
import type { WireContext, WireRequest } from '../../wire-format.ts'
import { nativeExtra } from '../openai-chat/native-extra.ts'
import { formatId } from './format-id.ts'
import { formatInference } from './format-inference.ts'
import { formatMessages } from './format-messages.ts'
import { formatStructure } from './format-structure.ts'
import { formatTools } from './format-tools.ts'

/**
 * Writes a Converse request; model and streaming are in the URL. The format's own fields, such as `guardrailConfig`, are
 * taken from callers of any format. Each field that was dropped or bent is named in `warnings`.
 * @throws WireError `unsupported` for several choices, media by web address and bad tool names.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export function formatRequest(asked: ChatRequest, { model }: WireContext): WireRequest {
  if (asked.n !== undefined && asked.n > 1) {
    throw new WireError('unsupported', 'Amazon Bedrock gives one answer: send `n: 1`, or ask several times.', 'n')
  }
  const warnings = new Set<string>()
  const request = adoptServerTools(asked, { format: formatId, model, warnings })
  const own = ownFields(request, warnings)
  const structure = formatStructure(request, { model, warnings })
  const toolConfig = formatTools(structure.request, { model, warnings })
  const choice = objectOf(toolConfig?.['toolChoice'])
  const forced = choice?.['any'] !== undefined || choice?.['tool'] !== undefined
  const { inferenceConfig, additional } = formatInference(request, { model, forced, warnings })
  const fields = { ...additional, ...objectOf(own['additionalModelRequestFields']) }
  const { system, messages } = formatMessages(request.messages, { model, warnings })
  const body = {
    ...own,
    messages,
    system,
    inferenceConfig: Object.keys(inferenceConfig).length > 0 ? inferenceConfig : undefined,
    toolConfig,
    additionalModelRequestFields: Object.keys(fields).length > 0 ? fields : undefined,
    outputConfig: structure.outputConfig,
    serviceTier: formatServiceTier(request, warnings),
  }
  return { body: compact(body), warnings: [...warnings] }
}

/** Fields that only this format has, so that whoever says them means it. */
const ownNames: ReadonlySet<string> = new Set([
  'guardrailConfig',
  'additionalModelRequestFields',
  'additionalModelResponseFieldPaths',
  'performanceConfig',
  'promptVariables',
  'requestMetadata',
])

function ownFields({ extra = {}, ...request }: ChatRequest, warnings: Set<string>): JsonObject {
  const entries = Object.entries(extra)
  const own = entries.filter(([field]) => ownNames.has(field))
  const others = Object.fromEntries(entries.filter(([field]) => !ownNames.has(field)))
  return { ...nativeExtra({ ...request, extra: others }, { formatId, warnings }), ...Object.fromEntries(own) }
}

const serviceTiers: ReadonlySet<string> = new Set(['default', 'flex', 'priority', 'reserved'])

function formatServiceTier({ service_tier: tier }: ChatRequest, warnings: Set<string>): JsonObject | undefined {
  if (tier === undefined || tier === 'auto') return undefined
  if (serviceTiers.has(tier)) return { type: tier }
  warnings.add('service_tier')
  return undefined
}
