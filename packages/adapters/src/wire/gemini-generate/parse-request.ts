import type { ChatRequest } from '../../chat.ts'
import { compact, objectOf, stringOf, type JsonObject } from '../../json.ts'
import type { WireContext } from '../../wire-format.ts'
import { camelKeys } from './camel-keys.ts'
import { formatId } from './format-id.ts'
import { parseContents } from './parse-contents.ts'
import { parseGenerationConfig } from './parse-generation-config.ts'
import { parseSystemInstruction } from './parse-system-instruction.ts'
import { parseToolChoice, parseTools } from './parse-tools.ts'

const named: ReadonlySet<string> = new Set([
  'model',
  'contents',
  'systemInstruction',
  'generationConfig',
  'tools',
  'toolConfig',
])

/**
 * Reads a generateContent request, in camel or snake case. The model comes from the path: `context.model`.
 * @throws WireError `invalid_request` naming the field.
 */
export function parseRequest(body: JsonObject, context: WireContext): ChatRequest {
  const request = camelKeys(body)
  const { fields, rest } = parseGenerationConfig(request['generationConfig'])
  const { choice, toolConfig } = parseToolChoice(request['toolConfig'])
  const unnamed = Object.entries(request).filter(([field, value]) => !named.has(field) && value !== null)
  const extra = compact({ ...Object.fromEntries(unnamed), generationConfig: rest, toolConfig })
  return {
    model: stringOf(body['model']) ?? context.model,
    messages: [...parseSystemInstruction(request['systemInstruction']), ...parseContents(request['contents'], context)],
    ...compact({ tools: parseTools(request['tools']), tool_choice: choice }),
    ...fields,
    ...(objectOf(extra) && Object.keys(extra).length > 0 && { extra }),
    extra_format: formatId,
  }
}
