import type { ChatRequest } from '../../chat.ts'
import { compact, type Json, type JsonObject } from '../../json.ts'
import { adoptServerTools } from '../../server-tools/adopt-server-tools.ts'
import type { WireContext, WireRequest } from '../../wire-format.ts'
import { formatContents } from './format-contents.ts'
import { formatGenerationConfig } from './format-generation-config.ts'
import { formatId } from './format-id.ts'
import { formatTools } from './format-tools.ts'
import { modelGeneration } from './model-generation.ts'

/**
 * Writes a generateContent request; the model is named in the path. Each field that was dropped or bent is named in
 * `warnings`.
 * @throws WireError `unsupported` for files that exist only at another vendor.
 * @see https://ai.google.dev/api/generate-content
 */
export function formatRequest(asked: ChatRequest, context: WireContext): WireRequest {
  const warnings = new Set<string>()
  const request = adoptServerTools(asked, { format: formatId, model: context.model, warnings })
  const generation = modelGeneration(context.model)
  const { extra, generationConfig: nativeConfig } = nativeExtra(request, warnings)
  const { contents, systemInstruction } = formatContents(request.messages, { generation, warnings })
  const { tools, functionCallingConfig } = formatTools(request, warnings)
  const config = { ...formatGenerationConfig(request, { model: context.model, generation, warnings }), ...nativeConfig }
  const { toolConfig, ...rest } = extra
  const mergedToolConfig = mergeToolConfig(toolConfig, functionCallingConfig)
  const body = {
    ...rest,
    contents,
    systemInstruction,
    generationConfig: Object.keys(config).length > 0 ? config : undefined,
    tools,
    toolConfig: mergedToolConfig,
  }
  return { body: compact(body), warnings: [...warnings] }
}

function mergeToolConfig(native: Json | undefined, calling: JsonObject | undefined): JsonObject | undefined {
  const stated = typeof native === 'object' && native !== null && !Array.isArray(native) ? native : {}
  const known = stated['functionCallingConfig']
  const nativeCalling = typeof known === 'object' && known !== null && !Array.isArray(known) ? known : {}
  const merged = { ...calling, ...nativeCalling }
  const config = { ...stated, ...(Object.keys(merged).length > 0 && { functionCallingConfig: merged }) }
  return Object.keys(config).length > 0 ? config : undefined
}

interface NativeExtra {
  extra: JsonObject
  generationConfig: JsonObject
}

/** Fields that `formatGenerationConfig` reads. */
const known: ReadonlySet<string> = new Set(['modalities', 'audio'])

const isOff = (value: Json | undefined): boolean => value === undefined || value === null || value === false

function nativeExtra({ extra = {}, extra_format }: ChatRequest, warnings: Set<string>): NativeExtra {
  if (extra_format === formatId) {
    const { generationConfig, ...rest } = extra
    const isConfig =
      typeof generationConfig === 'object' && generationConfig !== null && !Array.isArray(generationConfig)
    return { extra: rest, generationConfig: isConfig ? generationConfig : {} }
  }
  for (const [field, value] of Object.entries(extra)) if (!known.has(field) && !isOff(value)) warnings.add(field)
  return { extra: {}, generationConfig: {} }
}
